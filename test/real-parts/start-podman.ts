import { execFileSync, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { stopProcess, waitUntil } from './process.ts';

export interface RealPodman {
  readonly socketPath: string;
  readonly host: string;
  /** Runs the podman CLI on the same storage; returns its output. */
  podman(...args: string[]): string;
  stop(): Promise<void>;
}

/** Podman's service with its own storage and no search registries. */
export async function startPodman(): Promise<RealPodman> {
  const folder = mkdtempSync(join(tmpdir(), 'slipway-podman-'));
  const at = (name: string): string => join(folder, name);
  writeFileSync(
    at('storage.conf'),
    `[storage]\ndriver = "vfs"\ngraphroot = "${at('graph')}"\nrunroot = "${at('run')}"\n`
  );
  writeFileSync(at('registries.conf'), '[[registry]]\nlocation = "127.0.0.1"\ninsecure = true\n');
  const env = {
    ...process.env,
    CONTAINERS_STORAGE_CONF: at('storage.conf'),
    CONTAINERS_REGISTRIES_CONF: at('registries.conf'),
    TMPDIR: folder
  };
  const socketPath = at('podman.sock');
  const host = `unix://${socketPath}`;
  const service = spawn('podman', ['system', 'service', '--time=0', host], { env, stdio: 'ignore' });
  await waitUntil('podman to answer', () => existsSync(socketPath));
  return {
    socketPath,
    host,
    podman: (...args) => execFileSync('podman', args, { env, encoding: 'utf8' }).trim(),
    stop: async () => {
      await stopProcess(service);
      rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
    }
  };
}
