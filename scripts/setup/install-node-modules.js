import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './root.js';
import { run } from './run.js';
import { printStatus, SetupError } from './print-status.js';

const oldestNode = [20, 19];

/** Rejects versions of Node that the tools do not support. */
export function checkNode() {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  if (major > oldestNode[0] || (major === oldestNode[0] && minor >= oldestNode[1])) return;
  throw new SetupError(`Node ${oldestNode.join('.')} or newer is required; this is ${process.versions.node}.`);
}

/** Installs the packages of package-lock.json, if node_modules is outdated. */
export async function installNodeModules() {
  const lock = createHash('sha256')
    .update(readFileSync(join(root, 'package-lock.json')))
    .digest('hex');
  const stamp = join(root, 'node_modules/.slipway-lock');
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === lock) return;
  printStatus('installing the npm packages of package-lock.json (npm ci)');
  const quiet = ['--no-audit', '--no-fund', '--loglevel=error'];
  const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm';
  if ((await run(npm, ['ci', ...quiet], { cwd: root, shell: process.platform === 'win32' })) !== 0) {
    throw new SetupError('npm ci failed; its output is above.');
  }
  writeFileSync(stamp, lock);
}
