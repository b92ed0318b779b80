import { join } from 'node:path';
import { AppError } from '../util/app-error.ts';
import { parseEngineAddress, type TlsFiles } from '../docker-config/engine-address.ts';
import { foundEngine, type FoundEngine } from './found-engine.ts';
import type { Surroundings } from '../util/surroundings.ts';

/** The engine that DOCKER_HOST names, if it is set. Throws engine-failed for an address that cannot be read. */
export function findDockerHost(surroundings: Surroundings): FoundEngine | undefined {
  const text = surroundings.env['DOCKER_HOST'];
  if (text === undefined || text.trim() === '') return undefined;
  const target = parseEngineAddress(text, tlsOfEnvironment(surroundings));
  if (target === undefined)
    throw new AppError('engine-failed', { detail: 'DOCKER_HOST is not an address of an engine.' });
  return foundEngine('docker-host', 'DOCKER_HOST', target);
}

/** As the docker CLI reads it: DOCKER_TLS_VERIFY verifies, DOCKER_TLS alone takes any certificate. */
function tlsOfEnvironment({ env, homeDir }: Surroundings): TlsFiles | undefined {
  const verify = (env['DOCKER_TLS_VERIFY'] ?? '') !== '';
  if (!verify && (env['DOCKER_TLS'] ?? '') === '') return undefined;
  const directory = env['DOCKER_CERT_PATH'] ?? '';
  return { directory: directory === '' ? join(homeDir, '.docker') : directory, verify };
}
