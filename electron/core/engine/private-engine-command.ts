import { networkInterfaces } from 'node:os';
import { join } from 'node:path';
import type { PrivateEngineProgram } from '#contract/schema/engine.ts';
import { daemonPath, findProgram, isRoot } from './find-private-programs.ts';
import type { PrivateEnginePaths } from './private-engine-paths.ts';

/** The command for a private engine. */
export interface PrivateEngineCommand {
  file: string;
  args: string[];
  env: NodeJS.ProcessEnv;
}

/** For machines where a bridge cannot or must not be created; builds then use the host network. */
export const WITHOUT_NETWORK = ['--bridge=none', '--iptables=false', '--ip6tables=false'];

/** The command, or undefined if the program is not installed. */
export async function privateEngineCommand(
  program: PrivateEngineProgram,
  paths: PrivateEnginePaths,
  given: { env: NodeJS.ProcessEnv; extraArgs: string[] }
): Promise<PrivateEngineCommand | undefined> {
  const path = daemonPath(given.env);
  const env = { ...withoutEngineSettings(given.env), PATH: path };
  if (program === 'podman') {
    const file = await findProgram('podman', path);
    return file === undefined ? undefined : { file, args: podmanArgs(paths, given.extraArgs), env };
  }
  const rootless = !isRoot();
  const file = await findProgram(rootless ? 'dockerd-rootless.sh' : 'dockerd', path);
  if (file === undefined) return undefined;
  const args = [...dockerdArgs(paths), ...(rootless ? [] : await networkArgs(path)), ...given.extraArgs];
  // The rootless script locks this folder, and the system's rootless engine may have locked the default one.
  return { file, args, env: rootless ? { ...env, XDG_RUNTIME_DIR: paths.runDir } : env };
}

function dockerdArgs(paths: PrivateEnginePaths): string[] {
  return [
    ['--host', `unix://${paths.socketPath}`],
    ['--config-file', paths.configPath],
    ['--data-root', paths.dataDir],
    ['--exec-root', join(paths.runDir, 'exec')],
    ['--pidfile', join(paths.runDir, 'dockerd.pid')]
  ].flat();
}

function podmanArgs(paths: PrivateEnginePaths, extraArgs: string[]): string[] {
  const storage = ['--root', paths.dataDir, '--runroot', join(paths.runDir, 'containers')];
  return [...storage, ...extraArgs, 'system', 'service', '--time=0', `unix://${paths.socketPath}`];
}

/** The system's engine owns docker0 and its firewall rules: if they exist, ours creates none. */
async function networkArgs(path: string): Promise<string[]> {
  const systemHasBridge = 'docker0' in networkInterfaces();
  return systemHasBridge || (await findProgram('iptables', path)) === undefined ? WITHOUT_NETWORK : [];
}

/** A daemon must not read another engine's address as its own. */
function withoutEngineSettings(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const settings = new Set(['DOCKER_HOST', 'DOCKER_CONTEXT', 'CONTAINER_HOST']);
  return Object.fromEntries(Object.entries(env).filter(([name]) => !settings.has(name)));
}
