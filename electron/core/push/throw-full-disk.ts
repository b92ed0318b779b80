import { AppError, Cancelled } from '../util/app-error.ts';
import type { Login } from '../docker-config/login.ts';
import type { EngineClient } from '../engine/engine-client.ts';
import { isInsecureForEngine } from '../engine/insecure-registries.ts';
import { RegistryClient } from '../registry/registry-client.ts';

/**
 * Throws registry-disk-full if a registry's disk is full, or Cancelled; ignores all other errors. Engines only report
 * that the
 * registry failed, after retrying for most of a minute; so this starts an upload itself to get the reason.
 */
export async function throwFullDisk(
  target: {
    readonly engine: EngineClient;
    readonly host: string;
    readonly repository: string;
    readonly login: Login | null;
  },
  signal: AbortSignal
): Promise<void> {
  try {
    const isInsecure = (host: string): Promise<boolean> => isInsecureForEngine(target.engine, host);
    await new RegistryClient(target.host, target.login, isInsecure).tryUpload(target.repository, signal);
  } catch (error) {
    if (error instanceof Cancelled) throw error;
    if (error instanceof AppError && error.data.code === 'registry-disk-full') throw error;
  }
}
