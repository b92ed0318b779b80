import { createHash } from 'node:crypto';
import { copyFileSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { printStatus, SetupError } from './print-status.js';
import { root } from './root.js';
import { run, runQuietly } from './run.js';

const listed = join(root, 'scripts/setup/node24');
const cache = join(root, '.cache/node24');
const files = ['package.json', 'package-lock.json'];

/**
 * The Node 24 that tests also run on, since it is part of the released Electron: the current one, if it is a 24, or
 * else the one
 * installed by setup. Null if npm has none for this platform.
 * @returns {string | null}
 */
export function node24() {
  if (process.versions.node.startsWith('24.')) return process.execPath;
  const name = `node-${process.platform === 'win32' ? 'win' : process.platform}-${process.arch}`;
  const { optionalDependencies } = JSON.parse(readFileSync(join(listed, 'package.json'), 'utf8'));
  if (!(name in optionalDependencies)) return null;
  return join(cache, 'node_modules', name, process.platform === 'win32' ? 'bin/node.exe' : 'bin/node');
}

/**
 * Installs Node 24 into .cache, as in its lockfile. As a dependency of the project it would be the Node that every
 * script
 * runs on.
 */
export async function installNode24() {
  const program = node24();
  if (program === process.execPath) return;
  if (program === null) {
    printStatus(
      `npm has no Node 24 for ${process.platform} on ${process.arch}: the tests run on ${process.version} only`
    );
    return;
  }
  const hash = createHash('sha256');
  for (const file of files) hash.update(readFileSync(join(listed, file)));
  const expected = hash.digest('hex');
  const stamp = join(cache, 'installed');
  if (existsSync(program) && existsSync(stamp) && readFileSync(stamp, 'utf8') === expected) return;
  printStatus('installing Node 24 from npm into .cache/node24: the tests also run on it, as in the supported Electron');
  rmSync(cache, { recursive: true, force: true });
  mkdirSync(cache, { recursive: true });
  for (const file of files) copyFileSync(join(listed, file), join(cache, file));
  const shell = process.platform === 'win32';
  const quiet = ['--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'];
  const status = await run(shell ? 'npm.cmd' : 'npm', ['ci', ...quiet], { cwd: cache, shell });
  // npm skips an optional package that it could not download, or whose checksum does not match.
  const { output } = await runQuietly(program, ['--version']);
  if (status !== 0 || !output.startsWith('v24.')) {
    throw new SetupError('npm could not install Node 24; check the network, then try again.');
  }
  writeFileSync(stamp, expected);
}
