#!/usr/bin/env node
// Implements what electron-builder needs of `fpm -s dir -t deb` with dpkg-deb, so that fpm need not be downloaded.
import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  cpSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { readFpmOptions } from './read-fpm-options.js';

const scripts = {
  'before-install': 'preinst',
  'after-install': 'postinst',
  'before-remove': 'prerm',
  'after-remove': 'postrm'
};
/** In a terminal the command takes precedence over the program, which electron-builder links with priority 100. */
const command = '/opt/Slipway/slipway-command';
const additions = {
  postinst: `\nupdate-alternatives --install /usr/bin/slipway slipway ${command} 200\n`,
  postrm: `\nupdate-alternatives --remove slipway ${command}\n`
};
const compressors = { xz: 'xz', gz: 'gzip', zst: 'zstd', none: 'none' };

const { options, depends, recommends, inputs } = readFpmOptions(process.argv.slice(2));
if (options.target !== 'deb') throw new Error(`Only deb is supported, not ${options.target}.`);
const work = mkdtempSync(join(tmpdir(), 'slipway-deb-'));
try {
  for (const { from, to } of inputs) {
    const destination = join(work, to);
    mkdirSync(from.endsWith('/') ? destination : dirname(destination), { recursive: true });
    cpSync(from, destination, { recursive: true, verbatimSymlinks: true, preserveTimestamps: true });
  }
  writeCopyright(work);
  const sizeBytes = normalizeModes(work);
  const control = join(work, 'DEBIAN');
  mkdirSync(control);
  writeFileSync(join(control, 'control'), describe(sizeBytes));
  for (const [option, name] of Object.entries(scripts)) {
    if (!options[option]) continue;
    const script = readFileSync(options[option], 'utf8') + (additions[name] ?? '');
    writeFileSync(join(control, name), script, { mode: 0o755 });
  }
  chmodSync(control, 0o755);
  rmSync(options.package, { force: true });
  const compression = compressors[options['deb-compression']] ?? 'xz';
  execFileSync('dpkg-deb', ['--root-owner-group', `-Z${compression}`, '--build', work, options.package], {
    stdio: 'inherit'
  });
} finally {
  rmSync(work, { recursive: true, force: true });
}

/** https://www.debian.org/doc/debian-policy/ch-docs.html#copyright-information @param {string} work */
function writeCopyright(work) {
  const folder = join(work, 'usr/share/doc', options.name);
  const installed = join(work, 'opt/Slipway');
  const read = (file) => readFileSync(join(installed, file), 'utf8');
  mkdirSync(folder, { recursive: true });
  const texts = [
    'Slipway',
    read('LICENSE.slipway.txt'),
    read('third-party-notices.txt'),
    'Electron',
    read('LICENSE.electron.txt')
  ];
  const chromium = 'The licenses of Chromium and what it contains are in /opt/Slipway/LICENSES.chromium.html.\n';
  writeFileSync(join(folder, 'copyright'), [...texts, chromium].join('\n\n'));
}

/**
 * Folders and programs 755, other files 644, whatever the builder's umask. @param {string} path @returns {number} bytes
 */
function normalizeModes(path) {
  const found = lstatSync(path);
  if (found.isSymbolicLink()) return 0;
  chmodSync(path, found.isDirectory() || (found.mode & 0o111) !== 0 ? 0o755 : 0o644);
  if (!found.isDirectory()) return found.size;
  return readdirSync(path).reduce((sum, name) => sum + normalizeModes(join(path, name)), 0);
}

/** The control file: https://www.debian.org/doc/debian-policy/ch-controlfields.html @param {number} sizeBytes */
function describe(sizeBytes) {
  const [first = '', ...rest] = (options.description ?? '').split('\n').map((line) => line.trim());
  const long = rest.filter(Boolean).map((line) => `\n ${line}`);
  const fields = {
    Package: options.name,
    Version: options.version,
    Architecture: options.architecture,
    Maintainer: options.maintainer,
    'Installed-Size': String(Math.ceil(sizeBytes / 1024)),
    Depends: depends.join(', '),
    Recommends: recommends.join(', '),
    Section: options.category,
    Priority: options['deb-priority'] ?? 'optional',
    Homepage: options.url,
    Description: (first || options.name) + long.join('')
  };
  const lines = Object.entries(fields).filter(([, value]) => value);
  return lines.map(([name, value]) => `${name}: ${value}\n`).join('');
}
