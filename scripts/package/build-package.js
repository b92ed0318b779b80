import { FuseV1Options, getCurrentFuseWire } from '@electron/fuses';
import { build, Platform } from 'electron-builder';
import { createHash } from 'node:crypto';
import { cpSync, existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parse } from 'yaml';
import { root } from '../setup/root.js';

/** The last package that was built, before it was packed. */
const unpackedFolder = join(root, 'dist/linux-unpacked');
/** Records what it was built from. */
const stampFile = join(root, 'dist/linux-unpacked-built-of');
const sources = ['out/built-of', 'electron-builder.yml', 'resources/package/slipway-command', 'package-lock.json'];

/**
 * Builds a package, from out/, with the installed Electron. A package with another Electron than the pinned one has a
 * name that says so. Returns its file (for `dir`: its folder) and whether it is for tests only.
 * @param {'deb' | 'dir'} target
 * @returns {Promise<{ file: string, electronVersion: string, testsOnly: boolean }>}
 */
export async function buildPackage(target) {
  const { name, version, devDependencies } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  rmSync(stampFile, { force: true });
  const { folder, electronVersion } = prepareElectron();
  const testsOnly = electronVersion !== devDependencies.electron;
  const fileName = nameDeb({ name, version, electronVersion, testsOnly });
  const config = parse(readFileSync(join(root, 'electron-builder.yml'), 'utf8'));
  config.electronDist = folder;
  config.electronVersion = electronVersion;
  config.deb.artifactName = fileName;
  config.electronFuses = await knownFuses(config.electronFuses, join(folder, 'electron'));
  // Given as an object, it would be merged with the file that it was read from.
  const configFile = join(root, 'dist/electron-builder.json');
  writeFileSync(configFile, JSON.stringify(config));
  process.env.CUSTOM_FPM_PATH = join(root, 'scripts/package/fpm.js');
  await build({ projectDir: root, targets: Platform.LINUX.createTarget(target), config: configFile, publish: 'never' });
  return { file: target === 'deb' ? join(root, 'dist', fileName) : unpackedFolder, electronVersion, testsOnly };
}

/** Builds the folder of the package, unless it is up to date with out/. Returns it. */
export async function buildUnpackedIfChanged() {
  const hash = createHash('sha256').update(readFileSync(fileURLToPath(import.meta.url)));
  for (const source of sources) hash.update(readFileSync(join(root, source)));
  const now = hash.digest('hex');
  if (!existsSync(stampFile) || readFileSync(stampFile, 'utf8') !== now) {
    await buildPackage('dir');
    writeFileSync(stampFile, now);
  }
  return unpackedFolder;
}

/**
 * The file name of a Debian package.
 * @param {{ name: string, version: string, electronVersion: string, testsOnly: boolean }} build
 */
export function nameDeb({ name, version, electronVersion, testsOnly }) {
  return `${name}_${version}${testsOnly ? `+for-testing.electron-${electronVersion}` : ''}_amd64.deb`;
}

/** The fuses that this Electron has; setting another one fails. @param {object} fuses @param {string} program */
async function knownFuses(fuses, program) {
  const wire = await getCurrentFuseWire(program);
  const isKnown = (name) => FuseV1Options[name[0].toUpperCase() + name.slice(1)] in wire;
  return Object.fromEntries(Object.entries(fuses).filter(([name]) => isKnown(name)));
}

/** A copy of the installed Electron, without the files that only `electron <folder>` needs. */
function prepareElectron() {
  const installed = join(root, 'node_modules/electron/dist');
  const folder = join(root, 'dist/electron');
  rmSync(folder, { recursive: true, force: true });
  const unneeded = [join(installed, 'version'), join(installed, 'resources/default_app.asar')];
  cpSync(installed, folder, { recursive: true, dereference: true, filter: (source) => !unneeded.includes(source) });
  return { folder, electronVersion: readFileSync(join(installed, 'version'), 'utf8').trim().replace(/^v/, '') };
}
