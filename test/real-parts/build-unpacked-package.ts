import { execFile } from 'node:child_process';
import { resolve } from 'node:path';
import { promisify } from 'node:util';

const root = resolve(import.meta.dirname, '../..');

/** Builds the folder of the package, unless it is up to date. Returns it. */
export async function buildUnpackedPackage(): Promise<string> {
  await promisify(execFile)(process.execPath, [resolve(root, 'scripts/package.js'), '--unpacked'], { cwd: root });
  return resolve(root, 'dist/linux-unpacked');
}
