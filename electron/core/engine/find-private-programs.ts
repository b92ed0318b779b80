import { access, constants } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import type { PrivateEngineProgram } from '#contract/schema/engine.ts';
import type { HostEnvironment } from '../util/host-environment.ts';

/** Folders of daemons that are not on a normal user's PATH, and Debian's rootless script. */
const DAEMON_DIRS = ['/usr/local/sbin', '/usr/sbin', '/sbin', '/usr/share/docker.io/contrib'];

/** PATH followed by the daemons' folders. */
export function daemonPath(env: NodeJS.ProcessEnv): string {
  const dirs = (env['PATH'] ?? '').split(delimiter).filter((dir) => dir !== '');
  return [...new Set([...dirs, ...DAEMON_DIRS])].join(delimiter);
}

/** The program's path, searched in a PATH; undefined if it is not installed. */
export async function findProgram(name: string, path: string): Promise<string | undefined> {
  for (const dir of path.split(delimiter)) {
    const candidate = join(dir, name);
    const found = await access(candidate, constants.X_OK).then(
      () => true,
      () => false
    );
    if (found) return candidate;
  }
  return undefined;
}

/**
 * The programs on this machine that can start a private engine: on Linux only; without root, dockerd needs its rootless
 * script.
 */
export async function findPrivatePrograms({ env, platform }: HostEnvironment): Promise<PrivateEngineProgram[]> {
  if (platform !== 'linux') return [];
  const path = daemonPath(env);
  const docker = ['dockerd', ...(isRoot() ? [] : ['dockerd-rootless.sh'])];
  const hasDocker = (await Promise.all(docker.map((name) => findProgram(name, path)))).every((found) => found);
  const hasPodman = (await findProgram('podman', path)) !== undefined;
  return [...(hasDocker ? (['dockerd'] as const) : []), ...(hasPodman ? (['podman'] as const) : [])];
}

/** Whether this process runs as root; never on Windows. */
export function isRoot(): boolean {
  return process.getuid?.() === 0;
}
