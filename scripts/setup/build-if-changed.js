import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './root.js';
import { printStatus } from './print-status.js';

const sources = ['electron', 'renderer', 'scripts/build.js', 'package-lock.json', 'svelte.config.js'];

/** Builds the app into out/, unless out/ was built of the sources as they stand. */
export async function buildIfChanged() {
  const stamp = join(root, 'out/built-of');
  const now = fingerprint();
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === now) return;
  printStatus('building the app');
  // Vite is only there once the npm packages are.
  const { build } = await import('../build.js');
  await build();
  writeFileSync(stamp, now);
}

function fingerprint() {
  const hash = createHash('sha256');
  for (const source of sources) {
    for (const file of filesOf(join(root, source))) hash.update(`${file}\0`).update(readFileSync(file));
  }
  return hash.digest('hex');
}

/** @param {string} path @returns {string[]} */
function filesOf(path) {
  if (!statSync(path).isDirectory()) return [path];
  const names = readdirSync(path, { recursive: true, withFileTypes: true });
  return names
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath ?? entry.path, entry.name))
    .sort();
}
