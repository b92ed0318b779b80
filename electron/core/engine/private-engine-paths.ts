import { createHash } from 'node:crypto';
import { AppError } from '../util/app-error.ts';
import { lstat, mkdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { PrivateEngineProgram } from '#contract/schema/engine.ts';

/** The folders of a private engine; none is shared with the system's engine. */
export interface PrivateEnginePaths {
  dataDir: string;
  /** For sockets, so the path is short. */
  runDir: string;
  socketPath: string;
  configPath: string;
  logPath: string;
  pidPath: string;
}

/** A socket's path is limited to 107 bytes, and containerd's is 40 bytes longer than this folder's. */
const RUN_DIR_LIMIT_BYTES = 64;

/** Creates the folders, for this user only. Throws engine-start-failed, or the file system's error. */
export async function preparePaths(
  program: PrivateEngineProgram,
  dataDir: string,
  env: NodeJS.ProcessEnv
): Promise<PrivateEnginePaths> {
  const home = join(dataDir, program);
  const runDir = chooseRunDir(join(home, 'run'), env);
  for (const dir of [join(home, 'data'), runDir]) await mkdir(dir, { recursive: true, mode: 0o700 });
  const found = await lstat(runDir);
  if (!found.isDirectory() || found.uid !== process.getuid?.()) {
    throw new AppError('engine-start-failed', { program, detail: { reason: 'folder-of-another-user', path: runDir } });
  }
  return {
    dataDir: join(home, 'data'),
    runDir,
    socketPath: join(runDir, 'engine.sock'),
    configPath: join(home, 'daemon.json'),
    logPath: join(home, 'engine.log'),
    pidPath: join(home, 'engine.pid')
  };
}

function chooseRunDir(preferred: string, env: NodeJS.ProcessEnv): string {
  if (Buffer.byteLength(preferred) <= RUN_DIR_LIMIT_BYTES) return preferred;
  const runtimeDir = env['XDG_RUNTIME_DIR'] ?? '';
  const name = createHash('sha256').update(preferred).digest('hex').slice(0, 12);
  return join(runtimeDir === '' ? tmpdir() : runtimeDir, `slipway-${name}`);
}
