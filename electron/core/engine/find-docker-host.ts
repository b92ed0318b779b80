import { AppError } from '../util/app-error.ts';
import { dockerConfigDirectory } from '../docker-config/docker-config-path.ts';
import { parseEngineAddress, type TlsFiles } from '../docker-config/engine-address.ts';
import { toDiscoveredEngine, type DiscoveredEngine } from './discovered-engine.ts';
import type { HostEnvironment } from '../util/host-environment.ts';

const DEFAULT_TLS_ADDRESS = 'tcp://localhost:2376';

/** The engine at DOCKER_HOST, if it is set. Throws engine-failed for an invalid address. */
export function findDockerHost(environment: HostEnvironment): DiscoveredEngine | undefined {
  const text = environment.env['DOCKER_HOST'];
  if (text === undefined || text.trim() === '') return undefined;
  const target = parseEngineAddress(text, tlsOfEnvironment(environment));
  if (target === undefined) throw new AppError('engine-failed', { detail: { reason: 'docker-host-invalid' } });
  return toDiscoveredEngine('docker-host', 'DOCKER_HOST', target);
}

/** The docker CLI's default with DOCKER_TLS_VERIFY or DOCKER_TLS, if neither DOCKER_HOST nor a context is set. */
export function findDefaultTlsHost(environment: HostEnvironment): DiscoveredEngine | undefined {
  const tls = tlsOfEnvironment(environment);
  const target = tls && parseEngineAddress(DEFAULT_TLS_ADDRESS, tls);
  return target && toDiscoveredEngine('docker-host', 'Docker (TLS)', target);
}

/** Like the docker CLI: DOCKER_TLS_VERIFY verifies, DOCKER_TLS alone accepts any certificate. */
function tlsOfEnvironment(environment: HostEnvironment): TlsFiles | undefined {
  const { env } = environment;
  const verify = (env['DOCKER_TLS_VERIFY'] ?? '') !== '';
  if (!verify && (env['DOCKER_TLS'] ?? '') === '') return undefined;
  const directory = env['DOCKER_CERT_PATH'] ?? '';
  return { directory: directory === '' ? dockerConfigDirectory(environment) : directory, verify };
}
