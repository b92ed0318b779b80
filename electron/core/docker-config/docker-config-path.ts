import { join } from 'node:path';
import type { HostEnvironment } from '../util/host-environment.ts';

type ConfigEnvironment = Pick<HostEnvironment, 'env' | 'homeDir'>;

/** Docker's folder of settings and contexts: DOCKER_CONFIG, else .docker in the home directory. */
export function dockerConfigDirectory({ env, homeDir }: ConfigEnvironment): string {
  const directory = env['DOCKER_CONFIG'] ?? '';
  return directory === '' ? join(homeDir, '.docker') : directory;
}

/** The path of docker's config.json. */
export function dockerConfigPath(environment: ConfigEnvironment): string {
  return join(dockerConfigDirectory(environment), 'config.json');
}
