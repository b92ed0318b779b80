import { execFile, execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { closeSync, existsSync, mkdirSync, mkdtempSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { stopProcess, isAlive, mountDisk, waitUntil } from './process.ts';

const execute = promisify(execFile);

/** Hosts from which an engine would pull images by itself; blocked, so that nothing leaves this machine. */
const outsideHosts = [
  'registry-1.docker.io',
  'auth.docker.io',
  'index.docker.io',
  'docker.io',
  'production.cloudflare.docker.com'
];

export interface RealEngine {
  readonly socketPath: string;
  /** In the format of DOCKER_HOST. */
  readonly host: string;
  /** Runs the docker CLI with this engine; returns its output. */
  docker(...args: string[]): Promise<string>;
  /** Kills it, like a crash. */
  kill(): Promise<void>;
  /** Starts it again with the same socket and data. */
  start(): Promise<void>;
  /** Stops it and removes its data. */
  stop(): Promise<void>;
}

export interface RealEngineOptions {
  /** The folder of another dockerd; default: the system's own. */
  readonly release?: NewerRelease;
  /** Uses the containerd store, the default of Engine 29. */
  readonly containerdStore?: boolean;
  /** Size of a separate disk for its data; default: the machine's disk. */
  readonly diskBytes?: number;
  /** Additional environment variables of dockerd. */
  readonly env?: NodeJS.ProcessEnv;
}

/** The releases of Debian whose engines setup unpacks. */
export type NewerRelease = 'trixie' | 'sid';

/** The folder of a newer engine unpacked by setup; null if it could not, which it reported. */
export function newerEngine(release: NewerRelease): string | null {
  const directory = resolve(import.meta.dirname, '../../.cache/engines', release);
  return existsSync(join(directory, 'usr/sbin/dockerd')) ? directory : null;
}

/** A dockerd with its own socket and data, without a network, in its own mount namespace. */
export async function startEngine(options: RealEngineOptions = {}): Promise<RealEngine> {
  const { release, containerdStore = false } = options;
  const folder = mkdtempSync(join(tmpdir(), 'slipway-engine-'));
  const at = (name: string): string => join(folder, name);
  const socketPath = at('docker.sock');
  const host = `unix://${socketPath}`;
  const hosts = `${readFileSync('/etc/hosts', 'utf8')}\n127.0.0.1 ${outsideHosts.join(' ')}\n`;
  writeFileSync(at('hosts'), hosts);
  const features = containerdStore ? { 'containerd-snapshotter': true } : {};
  writeFileSync(at('daemon.json'), JSON.stringify({ features }));
  mkdirSync(at('docker-config'));
  mkdirSync(at('data'));
  if (options.diskBytes !== undefined) mountDisk(at('data'), options.diskBytes);
  let child: ChildProcess | undefined;

  const start = async (): Promise<void> => {
    // A killed engine leaves its pid files: the next one would refuse to start, or wait for an exited containerd
    // whose pid was reused by another process.
    for (const stale of ['pid', 'exec/containerd/containerd.pid']) rmSync(at(stale), { force: true });
    const log = openSync(at('log'), 'a');
    const args = ['--config-file', at('daemon.json'), '-H', host, '--data-root', at('data'), '--exec-root', at('exec')];
    args.push('--pidfile', at('pid'), '--bridge=none', '--iptables=false', '--ip6tables=false');
    args.push('--insecure-registry', '127.0.0.0/8', ...storageDriver(at('data'), containerdStore));
    const script = `mount --bind ${at('hosts')} /etc/hosts && exec dockerd "$@"`;
    const unshare = ['-m', '--propagation', 'slave', 'sh', '-c', script, 'sh', ...args];
    child = spawn('unshare', unshare, {
      stdio: ['ignore', log, log],
      env: { ...pathOf(release), ...options.env }
    });
    closeSync(log);
    await waitUntil(`dockerd to answer; see ${at('log')}`, () => isReachable(socketPath), 60_000);
  };

  const kill = async (): Promise<void> => {
    const containerd = Number(readFileSync(at('exec/containerd/containerd.pid'), 'utf8'));
    if (child) await stopProcess(child, 'SIGKILL');
    // The engine's child process outlives it.
    if (isAlive(containerd)) process.kill(containerd, 'SIGKILL');
    await waitUntil('containerd to end', () => !isAlive(containerd));
    // The next engine would mistake a zombie process for a running containerd.
    rmSync(at('exec/containerd/containerd.pid'), { force: true });
  };

  const stop = async (): Promise<void> => {
    if (child) await stopProcess(child);
    await unmountBelow(folder);
    rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
  };

  const docker = async (...args: string[]): Promise<string> => {
    const env = {
      ...process.env,
      DOCKER_CONFIG: at('docker-config'),
      DOCKER_HOST: host,
      DOCKER_CONTEXT: '',
      // Some releases of the CLI default to BuildKit, and others lack the plugin for it: all can build without it.
      DOCKER_BUILDKIT: '0'
    };
    const { stdout } = await execute('docker', args, { env, maxBuffer: 1 << 28 });
    return stdout.trim();
  };

  await start();
  return { socketPath, host, docker, kill, start, stop };
}

/** overlay2 if it works; it does not inside another overlay, where vfs, or containerd's native snapshotter, does. */
function storageDriver(folder: string, containerdStore: boolean): string[] {
  const type = execFileSync('stat', ['-f', '-c', '%T', folder], { encoding: 'utf8' }).trim();
  return type.startsWith('overlay') ? [`--storage-driver=${containerdStore ? 'native' : 'vfs'}`] : [];
}

/** A newer engine's programs take precedence; missing ones, such as runc, are the system's. */
function pathOf(release: NewerRelease | undefined): NodeJS.ProcessEnv {
  const own = release ? newerEngine(release) : null;
  const folders = own === null ? [] : [join(own, 'usr/sbin'), join(own, 'usr/bin')];
  return { ...process.env, PATH: [...folders, process.env['PATH'] ?? '', '/usr/sbin', '/sbin'].join(':') };
}

function isReachable(socketPath: string): Promise<boolean> {
  if (!existsSync(socketPath)) return Promise.resolve(false);
  return new Promise((resolve) => {
    const clientRequest = request({ socketPath, path: '/_ping' }, (response) => {
      response.resume();
      resolve(response.statusCode === 200);
    });
    clientRequest.on('error', () => resolve(false));
    clientRequest.end();
  });
}

async function unmountBelow(folder: string): Promise<void> {
  const mounts = readFileSync('/proc/self/mounts', 'utf8').split('\n');
  const below = mounts
    .map((line) => line.split(' ')[1] ?? '')
    .filter((directory) => directory.startsWith(`${folder}/`));
  for (const directory of below.reverse()) await execute('umount', ['-l', directory]).catch(() => undefined);
}
