import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { printStatus } from './print-status.js';
import { root } from './root.js';

const sources = [
  'electron',
  'renderer',
  'scripts/build.js',
  'scripts/licenses',
  'scripts/show-controls-preprocessor.js',
  'package-lock.json',
  'svelte.config.js'
];

/** Builds the app into out/, unless out/ is up to date. */
export async function buildIfChanged() {
  await buildUnlessCurrent('out/built-of', 'the app', ({ build }) => build());
}

/** Builds the page with made-up data into .cache/dev-page, unless it is up to date. */
export async function buildDevPageIfChanged() {
  await buildUnlessCurrent('.cache/dev-page-built-of', 'the page with made-up data', ({ buildDevPage }) =>
    buildDevPage()
  );
}

/**
 * @param {string} stampFile records the sources that it was built from
 * @param {string} what is built
 * @param {(builds: typeof import('../build.js')) => Promise<unknown>} build
 */
async function buildUnlessCurrent(stampFile, what, build) {
  const stamp = join(root, stampFile);
  const now = hashSources();
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === now) return;
  printStatus(`building ${what}`);
  // Vite is only available once the npm packages are installed.
  await build(await import('../build.js'));
  mkdirSync(dirname(stamp), { recursive: true });
  writeFileSync(stamp, now);
}

function hashSources() {
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
