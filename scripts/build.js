// Builds the bundles for Electron: main and preload as one CommonJS file each, the page as static files under out/.
import { build as viteBuild } from 'vite';
import { svelte } from '@sveltejs/vite-plugin-svelte';
import { writeFile } from 'node:fs/promises';
import { builtinModules } from 'node:module';
import { resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { collectPackages, listProductionPackages } from './licenses/collect-packages.js';
import { formatNotices } from './licenses/format-notices.js';

const root = resolve(fileURLToPath(import.meta.url), '../..');

/** Loaded from node_modules at run time: native code, or packages that load their own files by path. */
const external = ['electron', '@github/keytar', 'dockerode', /^protobufjs/, 'sql.js'];
const builtins = [...builtinModules, ...builtinModules.map((name) => `node:${name}`)];

/** Electron 25 runs Node 18 and Chrome 114; newer versions run the same code. */
const nodeTarget = 'node18';
const pageTarget = 'chrome114';

/** The folders of the packages that the bundles contain. @type {Set<string>} */
const bundledPackages = new Set();

/**
 * @param {string} name of the bundle's folder
 * @param {Record<string, string>} entries the entry file of each program, by its name
 * @param {boolean} codeSplitting whether dynamic imports become separate files
 * @returns {Promise<unknown>}
 */
function buildForNode(name, entries, codeSplitting = false) {
  return viteBuild({
    root,
    configFile: false,
    publicDir: false,
    logLevel: 'warn',
    ssr: { noExternal: true },
    plugins: [collectPackages(bundledPackages)],
    build: {
      ssr: true,
      target: nodeTarget,
      outDir: `out/${name}`,
      emptyOutDir: true,
      minify: false,
      rolldownOptions: {
        input: Object.fromEntries(Object.entries(entries).map(([entry, file]) => [entry, resolve(root, file)])),
        external: [...external, ...builtins],
        // Electron 25 reads the package's archive for require() only, not for import().
        output: {
          format: 'cjs',
          entryFileNames: '[name].cjs',
          chunkFileNames: '[name].cjs',
          dynamicImportInCjs: false,
          codeSplitting
        }
      }
    }
  });
}

/**
 * Bundles the shell command, for plain Node (out/cli/cli.cjs) and as threads of the app. The engine client is a separate
 * file, as it takes longer to load than everything else.
 */
export const buildCommand = () =>
  buildForNode(
    'cli',
    {
      cli: 'electron/cli/main.ts',
      thread: 'electron/cli/thread/thread.ts',
      'watch-command': 'electron/cli/thread/watch-command.ts'
    },
    true
  );

/** The plugin for all builds of the page. */
export const sveltePlugin = () => svelte({ configFile: resolve(root, 'svelte.config.js') });

/** @param {string} folder of its index.html @param {string} outDir */
function buildPage(folder, outDir) {
  return viteBuild({
    root: resolve(root, folder),
    configFile: false,
    base: './',
    publicDir: false,
    logLevel: 'warn',
    plugins: [sveltePlugin(), collectPackages(bundledPackages)],
    build: {
      target: pageTarget,
      outDir: resolve(root, outDir),
      emptyOutDir: true,
      assetsInlineLimit: 0,
      // One small style sheet for all screens, so that screens loaded later are never unstyled.
      cssCodeSplit: false,
      modulePreload: { polyfill: false },
      chunkSizeWarningLimit: 1500
    }
  });
}

/** Builds the page with made-up data into .cache/dev-page, for page tests. */
export async function buildDevPage() {
  await buildPage('renderer/dev', '.cache/dev-page');
  await writeNotices('.cache/dev-page');
}

/** The licenses of what the bundles contain. @param {string} folder of a page */
function writeNotices(folder) {
  const notices = formatNotices([...bundledPackages, ...listProductionPackages()]);
  return writeFile(resolve(root, folder, 'third-party-notices.txt'), notices);
}

/** Builds all bundles into out/, with the licenses of what they contain. Rejects with Vite's error if one fails. */
export async function build() {
  await Promise.all([
    buildForNode('main', { main: 'electron/main/main.ts' }, true),
    buildForNode('preload', { preload: 'electron/main/preload.ts' }),
    buildForNode('worker', { worker: 'electron/core/worker/worker.ts' }),
    buildCommand(),
    buildPage('renderer', 'out/renderer')
  ]);
  await writeNotices('out/renderer');
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) await build();
