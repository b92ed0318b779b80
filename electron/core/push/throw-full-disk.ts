import { AppError, Cancelled } from '../util/app-error.ts';
import type { Login } from '../docker-config/login.ts';
import { RegistryClient } from '../registry/registry-client.ts';

/**
 * Throws registry-disk-full where a registry has no room left, Cancelled, and nothing else. Engines pass on only that the
 * registry broke down, and try again for most of a minute before they do; so an upload is begun here, to hear why.
 */
export async function throwFullDisk(
  target: { readonly host: string; readonly repository: string; readonly login: Login | null },
  signal: AbortSignal
): Promise<void> {
  try {
    await new RegistryClient(target.host, target.login).tryUpload(target.repository, signal);
  } catch (error) {
    if (error instanceof Cancelled) throw error;
    if (error instanceof AppError && error.data.code === 'registry-disk-full') throw error;
  }
}
