import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { parseEngineAddress } from '../docker-config/engine-address.ts';
import { foundEngine, type FoundEngine } from './found-engine.ts';
import type { Surroundings } from '../util/surroundings.ts';

/** The usual places of engines on this system, in the order in which they are tried. Nothing is checked yet. */
export async function listUsualSockets(surroundings: Surroundings): Promise<FoundEngine[]> {
  if (surroundings.platform === 'win32') return [...windowsPipes(), ...containerHost(surroundings)];
  return [
    ...systemSockets(surroundings),
    ...rootlessSockets(surroundings),
    ...desktopSockets(surroundings),
    ...(await colimaSockets(surroundings)),
    socket('rancher-desktop', 'Rancher Desktop', join(surroundings.homeDir, '.rd', 'docker.sock')),
    socket('orbstack', 'OrbStack', join(surroundings.homeDir, '.orbstack', 'run', 'docker.sock')),
    ...(await podmanSockets(surroundings))
  ];
}

function windowsPipes(): FoundEngine[] {
  return [
    socket('system', 'Docker', '//./pipe/docker_engine'),
    socket('docker-desktop', 'Docker Desktop', '//./pipe/dockerDesktopLinuxEngine'),
    socket('podman', 'Podman', '//./pipe/podman-machine-default')
  ];
}

function systemSockets({ rootDir }: Surroundings): FoundEngine[] {
  return ['run', 'var/run'].map((dir) => socket('system', 'Docker', join(rootDir, dir, 'docker.sock')));
}

function rootlessSockets({ env }: Surroundings): FoundEngine[] {
  const runtimeDir = env['XDG_RUNTIME_DIR'] ?? '';
  return runtimeDir === '' ? [] : [socket('rootless', 'Docker (rootless)', join(runtimeDir, 'docker.sock'))];
}

function desktopSockets({ homeDir }: Surroundings): FoundEngine[] {
  return ['run', 'desktop'].map((dir) =>
    socket('docker-desktop', 'Docker Desktop', join(homeDir, '.docker', dir, 'docker.sock'))
  );
}

async function colimaSockets({ env, homeDir }: Surroundings): Promise<FoundEngine[]> {
  const set = env['COLIMA_HOME'] ?? '';
  const home = set === '' ? join(homeDir, '.colima') : set;
  const profiles = await readdir(home).catch(() => []);
  const byPreference = profiles.sort((a, b) => Number(b === 'default') - Number(a === 'default') || (a < b ? -1 : 1));
  return byPreference.map((profile) =>
    socket('colima', profile === 'default' ? 'Colima' : `Colima (${profile})`, join(home, profile, 'docker.sock'))
  );
}

async function podmanSockets(surroundings: Surroundings): Promise<FoundEngine[]> {
  const { env, homeDir, rootDir } = surroundings;
  const runtimeDir = env['XDG_RUNTIME_DIR'] ?? '';
  const machineDir = join(homeDir, '.local', 'share', 'containers', 'podman', 'machine');
  const machines = await readdir(machineDir).catch(() => []);
  return [
    ...containerHost(surroundings),
    ...(runtimeDir === '' ? [] : [socket('podman', 'Podman', join(runtimeDir, 'podman', 'podman.sock'))]),
    socket('podman', 'Podman', join(rootDir, 'run', 'podman', 'podman.sock')),
    ...machines
      .filter((name) => name.endsWith('.sock'))
      .sort()
      .map((name) => socket('podman', `Podman (${name.slice(0, -'.sock'.length)})`, join(machineDir, name)))
  ];
}

/** Podman's own DOCKER_HOST. Its ssh form needs Podman's tunnel, so only an address on this machine counts. */
function containerHost({ env }: Surroundings): FoundEngine[] {
  const target = parseEngineAddress(env['CONTAINER_HOST'] ?? '');
  return target === undefined || target.kind === 'ssh' ? [] : [foundEngine('podman', 'CONTAINER_HOST', target)];
}

function socket(source: FoundEngine['candidate']['source'], name: string, socketPath: string): FoundEngine {
  return foundEngine(source, name, { kind: 'socket', socketPath });
}
