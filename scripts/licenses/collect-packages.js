import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { root } from '../setup/root.js';

/**
 * A plugin that adds the folder of every package with code, styles or files in a bundle.
 * @param {Set<string>} folders
 * @returns {import('vite').Plugin}
 */
export function collectPackages(folders) {
  return {
    name: 'collect-packages',
    generateBundle(_options, bundle) {
      for (const output of Object.values(bundle)) {
        const files = output.type === 'chunk' ? output.moduleIds : output.originalFileNames;
        // The names of assets are relative to the root of their build.
        const from = this.environment?.config.root ?? root;
        for (const file of files) {
          const folder = packageFolder(resolve(from, file.replace(/^\0+/, '').replace(/\?.*/, '')));
          if (folder) folders.add(folder);
        }
      }
    }
  };
}

/** The folder in node_modules with the package.json of this file's package. @param {string} file */
function packageFolder(file) {
  if (!file.includes('/node_modules/')) return null;
  for (let folder = dirname(file); folder.includes('/node_modules/'); folder = dirname(folder)) {
    const manifest = join(folder, 'package.json');
    // Folders of one package may have a package.json of their own, without a version.
    if (existsSync(manifest) && JSON.parse(readFileSync(manifest, 'utf8')).version) return folder;
  }
  return null;
}

/** The folders of the packages that are loaded from node_modules at run time, with their own dependencies. */
export function listProductionPackages() {
  const { packages } = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8'));
  return Object.entries(packages)
    .filter(([path, { dev, devOptional }]) => path !== '' && !dev && !devOptional && existsSync(join(root, path)))
    .map(([path]) => join(root, path));
}
