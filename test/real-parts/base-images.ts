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

/** busybox:latest, with one small layer: shell, tar, sleep and the other tools. */
export async function loadBusybox(engine: RealEngine): Promise<void> {
  await engine.docker(...importBusybox('busybox:latest'));
}

/** The same for Podman, which resolves short names differently. */
export function loadBusyboxForPodman(podman: RealPodman): void {
  podman.podman(...importBusybox('docker.io/library/busybox:latest'));
}

function importBusybox(name: string): string[] {
  return ['import', '-c', 'CMD ["sh"]', makeBusybox(), name];
}

/**
 * ubuntu:latest for the sample: a small Debian of this machine's release and package sources, since the sample's
 * packages must come from the same sources as this machine's. Created once and cached in .cache; takes some 20 s.
 */
export async function loadUbuntu(engine: RealEngine): Promise<void> {
  const archive = join(cache, 'ubuntu.tar');
  if (!existsSync(archive)) makeUbuntu(archive);
  const path = 'ENV PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin';
  await engine.docker('import', '-c', 'CMD ["bash"]', '-c', path, archive, 'ubuntu:latest');
}

/** The tar of busybox's one layer; created once and cached in .cache. */
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
  // pip recommends a compiler, which would be most of the download.
  args.push('--aptopt=APT::Install-Recommends "false"');
  for (const folder of ['man', 'doc', 'locale', 'info']) args.push(`--dpkgopt=path-exclude=/usr/share/${folder}/*`);
  // The base needs the same settings as this machine to reach its packages.
  for (const name of settings) args.push(`--customize-hook=copy-in /etc/apt/apt.conf.d/${name} /etc/apt/apt.conf.d`);
  args.push(release, `${archive}.part.tar`, '-');
  execFileSync('mmdebstrap', args, { input: readSources(release), stdio: ['pipe', 'ignore', 'inherit'] });
  renameSync(`${archive}.part.tar`, archive);
}

/** This release's own package sources, without those added to this machine. */
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
