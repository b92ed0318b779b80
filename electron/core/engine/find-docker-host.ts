import { join } from 'node:path';
import { AppError } from '../util/app-error.ts';
import { parseEngineAddress, type TlsFiles } from '../docker-config/engine-address.ts';
import { toDiscoveredEngine, type DiscoveredEngine } from './discovered-engine.ts';
import type { HostEnvironment } from '../util/host-environment.ts';

/** The engine at DOCKER_HOST, if it is set. Throws engine-failed for an invalid address. */
export function findDockerHost(environment: HostEnvironment): DiscoveredEngine | undefined {
  const text = environment.env['DOCKER_HOST'];
  if (text === undefined || text.trim() === '') return undefined;
  const target = parseEngineAddress(text, tlsOfEnvironment(environment));
  if (target === undefined) throw new AppError('engine-failed', { detail: { reason: 'docker-host-invalid' } });
  return toDiscoveredEngine('docker-host', 'DOCKER_HOST', target);
}

/** Like the docker CLI: DOCKER_TLS_VERIFY verifies, DOCKER_TLS alone accepts any certificate. */
function tlsOfEnvironment({ env, homeDir }: HostEnvironment): TlsFiles | undefined {
  const verify = (env['DOCKER_TLS_VERIFY'] ?? '') !== '';
  if (!verify && (env['DOCKER_TLS'] ?? '') === '') return undefined;
  const directory = env['DOCKER_CERT_PATH'] ?? '';
  return { directory: directory === '' ? join(homeDir, '.docker') : directory, verify };
}
