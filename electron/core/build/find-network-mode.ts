import { z } from 'zod';
import type { EngineClient } from '../engine/engine-client.ts';

const networksSchema = z.array(z.object({ Name: z.string() }));

/**
 * BuildKit's default network is the engine's "bridge", and on an engine without one (dockerd --bridge=none) every RUN would
 * fail to start; there "host" is what works. Undefined is the engine's own default.
 */
export async function findNetworkMode(engine: EngineClient, signal: AbortSignal): Promise<'host' | undefined> {
  const answer = await engine.json({ method: 'GET', path: '/networks', signal });
  const networks = networksSchema.safeParse(answer);
  if (!networks.success || networks.data.some(({ Name }) => Name === 'bridge')) return undefined;
  return networks.data.some(({ Name }) => Name === 'host') ? 'host' : undefined;
}
