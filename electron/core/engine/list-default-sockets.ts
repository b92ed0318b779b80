import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { parseEngineAddress } from '../docker-config/engine-address.ts';
import { toDiscoveredEngine, type DiscoveredEngine } from './discovered-engine.ts';
import type { HostEnvironment } from '../util/host-environment.ts';

/** The default sockets of engines on this system, in the order in which they are tried. Not checked for existence. */
export async function listDefaultSockets(environment: HostEnvironment): Promise<DiscoveredEngine[]> {
  if (environment.platform === 'win32') return [...windowsPipes(), ...containerHost(environment)];
  return [
    ...systemSockets(environment),
    ...rootlessSockets(environment),
    ...desktopSockets(environment),
    ...(await colimaSockets(environment)),
    socket('rancher-desktop', 'Rancher Desktop', join(environment.homeDir, '.rd', 'docker.sock')),
    socket('orbstack', 'OrbStack', join(environment.homeDir, '.orbstack', 'run', 'docker.sock')),
    ...(await podmanSockets(environment))
  ];
}

function windowsPipes(): DiscoveredEngine[] {
  return [
    socket('system', 'Docker', '//./pipe/docker_engine'),
    socket('docker-desktop', 'Docker Desktop', '//./pipe/dockerDesktopLinuxEngine'),
    socket('podman', 'Podman', '//./pipe/podman-machine-default')
  ];
}

function systemSockets({ rootDir }: HostEnvironment): DiscoveredEngine[] {
  return ['run', 'var/run'].map((dir) => socket('system', 'Docker', join(rootDir, dir, 'docker.sock')));
}

function rootlessSockets({ env }: HostEnvironment): DiscoveredEngine[] {
  const runtimeDir = env['XDG_RUNTIME_DIR'] ?? '';
  return runtimeDir === '' ? [] : [socket('rootless', 'Docker (rootless)', join(runtimeDir, 'docker.sock'))];
}

function desktopSockets({ homeDir }: HostEnvironment): DiscoveredEngine[] {
  return ['run', 'desktop'].map((dir) =>
    socket('docker-desktop', 'Docker Desktop', join(homeDir, '.docker', dir, 'docker.sock'))
  );
}

async function colimaSockets({ env, homeDir }: HostEnvironment): Promise<DiscoveredEngine[]> {
  const set = env['COLIMA_HOME'] ?? '';
  const home = set === '' ? join(homeDir, '.colima') : set;
  const profiles = await readdir(home).catch(() => []);
  const byPreference = profiles.sort((a, b) => Number(b === 'default') - Number(a === 'default') || (a < b ? -1 : 1));
  return byPreference.map((profile) =>
    socket('colima', profile === 'default' ? 'Colima' : `Colima (${profile})`, join(home, profile, 'docker.sock'))
  );
}

async function podmanSockets(environment: HostEnvironment): Promise<DiscoveredEngine[]> {
  const { env, homeDir, rootDir } = environment;
  const runtimeDir = env['XDG_RUNTIME_DIR'] ?? '';
  const machineDir = join(homeDir, '.local', 'share', 'containers', 'podman', 'machine');
  const machines = await readdir(machineDir).catch(() => []);
  return [
    ...containerHost(environment),
    ...(runtimeDir === '' ? [] : [socket('podman', 'Podman', join(runtimeDir, 'podman', 'podman.sock'))]),
    socket('podman', 'Podman', join(rootDir, 'run', 'podman', 'podman.sock')),
    ...machines
      .filter((name) => name.endsWith('.sock'))
      .sort()
      .map((name) => socket('podman', `Podman (${name.slice(0, -'.sock'.length)})`, join(machineDir, name)))
  ];
}

/** Podman's own DOCKER_HOST. Its ssh form needs Podman's tunnel, so only a local address counts. */
function containerHost({ env }: HostEnvironment): DiscoveredEngine[] {
  const target = parseEngineAddress(env['CONTAINER_HOST'] ?? '');
  return target === undefined || target.kind === 'ssh' ? [] : [toDiscoveredEngine('podman', 'CONTAINER_HOST', target)];
}

function socket(source: DiscoveredEngine['candidate']['source'], name: string, socketPath: string): DiscoveredEngine {
  return toDiscoveredEngine(source, name, { kind: 'socket', socketPath });
}
