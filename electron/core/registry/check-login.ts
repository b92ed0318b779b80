import { isRegistryHost, registryHost } from '#contract/domain/reference.ts';
import type { SignIn } from '#contract/schema/credential.ts';
import { AppError } from '../util/app-error.ts';
import type { IsInsecure } from './find-registry-origin.ts';
import { RegistryClient } from './registry-client.ts';

/**
 * Checks directly with the registry, without an engine, whether it accepts this name and secret. Throws
 * registry-wrong-password, registry-unreachable, registry-certificate, registry-rate-limited, registry-failed, Cancelled.
 */
export async function checkLogin(signIn: SignIn, signal?: AbortSignal, isInsecure?: IsInsecure): Promise<void> {
  const host = registryHost(signIn.registry);
  if (!isRegistryHost(host)) throw new AppError('registry-unreachable', { host, detail: { reason: 'host-invalid' } });
  const login = { username: signIn.username, secret: signIn.secret };
  await new RegistryClient(host, login, isInsecure).ping(signal);
}
