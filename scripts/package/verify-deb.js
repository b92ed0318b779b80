import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { runQuietly } from '../setup/run.js';
import { startVirtualDisplay } from '../setup/start-virtual-display.js';

const startLimitMs = 60_000;
const user = 'slipway-verify';

/**
 * Installs a .deb, starts the app as a normal user with the system's sandbox, and removes it again. Needs root.
 * @param {string} file
 * @param {string} name of the package and of its program
 */
export async function verifyDeb(file, name) {
  if (process.getuid?.() !== 0) throw new Error('Only root can install a package; run --verify as root.');
  const home = mkdtempSync(join(tmpdir(), 'slipway-verify-'));
  await runOrThrow('useradd', ['--system', '--home-dir', home, '--shell', '/bin/sh', user]);
  try {
    await runOrThrow('chown', [user, home]);
    await runOrThrow('apt-get', ['install', '-y', '-qq', '--no-install-recommends', file]);
    console.log('package: installed');
    await runCommandWithoutDisplay(name, home);
    await startAsOrdinaryUser(name, home);
    await runOrThrow('apt-get', ['purge', '-y', '-qq', name]);
    const left = [`/usr/bin/${name}`, '/opt/Slipway', `/usr/share/applications/${name}.desktop`].filter(existsSync);
    if (left.length > 0) throw new Error(`Left behind after removal: ${left.join(', ')}`);
    console.log('package: removed without leftovers');
  } finally {
    await runQuietly('userdel', [user]);
    rmSync(home, { recursive: true, force: true });
  }
}

/** As root and as a normal user: only the output is printed. @param {string} name @param {string} home */
async function runCommandWithoutDisplay(name, home) {
  const env = { PATH: process.env.PATH, HOME: home, LANG: 'C.UTF-8' };
  for (const [program, args] of [
    [name, ['--version']],
    ['runuser', ['-u', user, '--', name, '--version']]
  ]) {
    const { status, output } = await runQuietly(program, args, { env });
    if (status !== 0 || !/^slipway \S+\n$/.test(output)) throw new Error(`${program} printed:\n${output}`);
  }
  if (existsSync(join(home, '.config'))) throw new Error('The command created a data folder.');
  console.log('package: its command runs without a display, as root and as a normal user');
}

/** @param {string} name @param {string} home */
async function startAsOrdinaryUser(name, home) {
  const { display, stop } = await startVirtualDisplay();
  const env = { PATH: process.env.PATH, HOME: home, DISPLAY: display, LANG: 'C.UTF-8', XDG_RUNTIME_DIR: home };
  const args = ['-u', user, '--', name, '--remote-debugging-port=0'];
  const app = spawn('runuser', args, { env, detached: true, stdio: ['ignore', 'ignore', 'pipe'] });
  let output = '';
  app.stderr.on('data', (chunk) => (output += chunk));
  const isShown = async () => (await readTitles(output)).includes('Slipway');
  try {
    await waitUntil(app, isShown, () => `The app did not show its page.\n${output}`);
    await waitUntil(app, hasSandboxedPage, () => `The page has no sandbox.\n${output}`);
    console.log('package: started as a normal user; its page is displayed and sandboxed');
  } finally {
    if (app.exitCode === null) process.kill(-app.pid, 'SIGTERM');
    await stop();
  }
}

/**
 * @param {import('node:child_process').ChildProcess} app
 * @param {() => boolean | Promise<boolean>} condition
 * @param {() => string} describeFailure
 */
async function waitUntil(app, condition, describeFailure) {
  for (const endsAt = Date.now() + startLimitMs; !(await condition()); await delay(200)) {
    if (Date.now() > endsAt || app.exitCode !== null) throw new Error(describeFailure());
  }
}

/**
 * The titles of the app's pages, from Chromium's debugging port. @param {string} output @returns {Promise<string[]>}
 */
async function readTitles(output) {
  const port = /^DevTools listening on ws:\/\/127\.0\.0\.1:(\d+)\//m.exec(output)?.[1];
  if (port === undefined) return [];
  const answer = await fetch(`http://127.0.0.1:${port}/json/list`);
  const pages = await answer.json();
  return pages.filter(({ url }) => url.startsWith('app://')).map(({ title }) => title);
}

function hasSandboxedPage() {
  return readdirSync('/proc').some((pid) => /^\d+$/.test(pid) && isSandboxedPage(pid));
}

/** @param {string} pid */
function isSandboxedPage(pid) {
  try {
    const args = readFileSync(`/proc/${pid}/cmdline`, 'utf8');
    const ours = args.startsWith('/opt/Slipway/') && args.includes('--type=renderer');
    return (
      ours && !args.includes('--no-sandbox') && /^Seccomp:\s*2$/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'))
    );
  } catch {
    return false;
  }
}

/** @param {string} program @param {string[]} args */
async function runOrThrow(program, args) {
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  const { status, output } = await runQuietly(program, args, { env });
  if (status !== 0) throw new Error(`${program} ${args[0]} failed:\n${output}`);
}
