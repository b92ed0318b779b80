import { lookup } from 'node:dns/promises';
import { BlockList, isIP } from 'node:net';
import { z } from 'zod';
import type { EngineClient } from './engine-client.ts';

const registriesSchema = z.object({
  RegistryConfig: z
    .object({
      InsecureRegistryCIDRs: z.array(z.string()).nullish().catch(null),
      IndexConfigs: z
        .record(z.string(), z.object({ Secure: z.boolean().catch(true) }))
        .nullish()
        .catch(null)
    })
    .nullish()
    .catch(null)
});

/**
 * Whether an engine uses a registry without a trusted certificate, or without HTTPS, by its own insecure-registries: hosts,
 * and networks that a host's address is in. False if the engine does not say.
 */
export async function isInsecureForEngine(engine: EngineClient, host: string): Promise<boolean> {
  const parsed = registriesSchema.safeParse(await engine.json({ method: 'GET', path: '/info' }).catch(() => ({})));
  const config = parsed.success ? parsed.data.RegistryConfig : null;
  if (config?.IndexConfigs?.[host]?.Secure === false) return true;
  // Addresses of this machine are insecure for every engine.
  const others = (config?.InsecureRegistryCIDRs ?? []).filter((network) => !/^(?:127\.|::1\/)/.test(network));
  if (others.length === 0) return false;
  const networks = toBlockList(others);
  const name = host.replace(/:\d+$/, '').replace(/^\[|\]$/g, '');
  const addresses =
    isIP(name) > 0
      ? [name]
      : await lookup(name, { all: true }).then(
          (found) => found.map(({ address }) => address),
          () => []
        );
  return addresses.some((address) => networks.check(address, isIP(address) === 6 ? 'ipv6' : 'ipv4'));
}

function toBlockList(networks: readonly string[]): BlockList {
  const list = new BlockList();
  for (const network of networks) {
    const [address = '', bits] = network.split('/');
    const family = isIP(address);
    const prefix = Number(bits);
    if (family === 0 || !Number.isInteger(prefix) || prefix < 0 || prefix > (family === 6 ? 128 : 32)) continue;
    list.addSubnet(address, prefix, family === 6 ? 'ipv6' : 'ipv4');
  }
  return list;
}
