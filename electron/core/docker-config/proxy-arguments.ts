import type { HostEnvironment } from '../util/host-environment.ts';
import { dockerConfigPath } from './docker-config-path.ts';
import { readDockerConfig, type DockerConfig, type ProxySettings } from './docker-config.ts';
import { formatEngineAddress, parseEngineAddress } from './engine-address.ts';

const variables: Readonly<Record<keyof ProxySettings, string>> = {
  httpProxy: 'HTTP_PROXY',
  httpsProxy: 'HTTPS_PROXY',
  ftpProxy: 'FTP_PROXY',
  noProxy: 'NO_PROXY',
  allProxy: 'ALL_PROXY'
};

/**
 * The build arguments that docker adds for the proxies of its config.json: those of the engine's address, else the
 * default ones, each in upper and lower case. Empty if config.json cannot be read. Never record them: a proxy's URL may
 * contain a password. https://docs.docker.com/engine/cli/proxy/
 */
export async function readProxyArguments(
  environment: Pick<HostEnvironment, 'env' | 'homeDir'>,
  engineAddress: string
): Promise<Record<string, string>> {
  const config = await readDockerConfig(dockerConfigPath(environment)).catch(() => null);
  const settings = config && findProxySettings(config, engineAddress);
  if (settings == null) return {};
  const values = Object.entries(variables).map(
    ([field, name]) => [name, settings[field as keyof ProxySettings]] as const
  );
  return Object.fromEntries(
    values.flatMap(([name, value]) => (value === '' ? [] : [name, name.toLowerCase()].map((each) => [each, value])))
  );
}

function findProxySettings({ proxies }: DockerConfig, engineAddress: string): ProxySettings | null {
  const exact = proxies.get(engineAddress);
  if (exact !== undefined) return exact;
  const named = [...proxies].find(([address]) => normalize(address) === engineAddress);
  return named?.[1] ?? proxies.get('default') ?? null;
}

function normalize(address: string): string | null {
  const target = address === 'default' ? undefined : parseEngineAddress(address);
  return target === undefined ? null : formatEngineAddress(target);
}
