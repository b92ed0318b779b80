import { execFileSync } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { RealEngine } from './start-engine.ts';
import type { RealPodman } from './start-podman.ts';

const cache = resolve(import.meta.dirname, '../../.cache');

/** busybox:latest, of one small layer: shell, tar, sleep and all. */
export async function loadBusybox(engine: RealEngine): Promise<void> {
  await engine.docker(...importBusybox('busybox:latest'));
}

/** The same for Podman, which reads a short name in its own way. */
export function loadBusyboxForPodman(podman: RealPodman): void {
  podman.podman(...importBusybox('docker.io/library/busybox:latest'));
}

function importBusybox(name: string): string[] {
  return ['import', '-c', 'CMD ["sh"]', makeBusybox(), name];
}

/**
 * ubuntu:latest for the sample: a small Debian of this machine's own release and package sources, since the sample's
 * packages must come from where this machine's come. Made once and kept in .cache; takes some 20 s.
 */
export async function loadUbuntu(engine: RealEngine): Promise<void> {
  const archive = join(cache, 'ubuntu.tar');
  if (!existsSync(archive)) makeUbuntu(archive);
  const path = 'ENV PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin';
  await engine.docker('import', '-c', 'CMD ["bash"]', '-c', path, archive, 'ubuntu:latest');
}

/** The tar of busybox's one layer; made once and kept in .cache. */
export function makeBusybox(): string {
  const archive = join(cache, 'busybox.tar');
  if (existsSync(archive)) return archive;
  mkdirSync(cache, { recursive: true });
  const work = mkdtempSync(join(tmpdir(), 'slipway-busybox-'));
  for (const folder of ['bin', 'tmp', 'etc']) mkdirSync(join(work, folder));
  cpSync('/bin/busybox', join(work, 'bin/busybox'), { dereference: true });
  for (const name of execFileSync('/bin/busybox', ['--list'], { encoding: 'utf8' }).trim().split('\n')) {
    if (name !== 'busybox') symlinkSync('busybox', join(work, 'bin', name));
  }
  execFileSync('tar', ['-C', work, '-cf', `${archive}.part`, '.']);
  renameSync(`${archive}.part`, archive);
  rmSync(work, { recursive: true });
  return archive;
}

function makeUbuntu(archive: string): void {
  mkdirSync(cache, { recursive: true });
  const release = /^VERSION_CODENAME=(.+)$/m.exec(readFileSync('/etc/os-release', 'utf8'))?.[1] ?? 'stable';
  const settings = existsSync('/etc/apt/apt.conf.d')
    ? readdirSync('/etc/apt/apt.conf.d').filter((name) => name.startsWith('99'))
    : [];
  const args = ['--quiet', '--variant=minbase', '--include=ca-certificates'];
  args.push('--aptopt=Acquire::Languages "none"', '--aptopt=APT::Sandbox::User "root"');
  // pip recommends a whole compiler, which would be most of the download.
  args.push('--aptopt=APT::Install-Recommends "false"');
  for (const folder of ['man', 'doc', 'locale', 'info']) args.push(`--dpkgopt=path-exclude=/usr/share/${folder}/*`);
  // What the machine needs to reach its own packages, the base needs too.
  for (const name of settings) args.push(`--customize-hook=copy-in /etc/apt/apt.conf.d/${name} /etc/apt/apt.conf.d`);
  args.push(release, `${archive}.part.tar`, '-');
  execFileSync('mmdebstrap', args, { input: readSources(release), stdio: ['pipe', 'ignore', 'inherit'] });
  renameSync(`${archive}.part.tar`, archive);
}

/** This release's own package sources; what else a machine has added is none of the base image's business. */
function readSources(release: string): string {
  const folder = '/etc/apt/sources.list.d';
  const names = existsSync(folder) ? readdirSync(folder).filter((name) => /\.(list|sources)$/.test(name)) : [];
  const files = ['/etc/apt/sources.list', ...names.map((name) => join(folder, name))].filter((file) =>
    existsSync(file)
  );
  const ofRelease = new RegExp(`\\b${release}\\b`);
  return files
    .map((file) => readFileSync(file, 'utf8'))
    .filter((text) => ofRelease.test(text) && /\bmain\b/.test(text))
    .join('\n');
}
