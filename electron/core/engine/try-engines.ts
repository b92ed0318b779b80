import { toErrorData } from '../util/app-error.ts';
import { connectEngine } from './connect-engine.ts';
import type { EngineClient } from './engine-client.ts';
import type { DiscoveredEngine, FailedEngine } from './discovered-engine.ts';

/** The best engine that answers, or the reason for each that does not. */
export type TryOutcome =
  { kind: 'connected'; client: EngineClient; found: DiscoveredEngine } | { kind: 'none'; tried: FailedEngine[] };

/**
 * Contacts all at once and takes the first in the list that answers, so the same machine always gives the same engine;
 * a
 * slow better one is awaited, within its time limit. The others are disconnected.
 */
export async function tryEngines(
  engines: DiscoveredEngine[],
  signal: AbortSignal,
  options: { env: NodeJS.ProcessEnv; limitMs?: number }
): Promise<TryOutcome> {
  const others = new AbortController();
  const stop = (): void => others.abort();
  signal.addEventListener('abort', stop, { once: true });
  if (signal.aborted) stop();
  const attempts = engines.map((found) =>
    connectEngine(found, others.signal, options).then(
      (client) => ({ client, found }),
      (error: unknown) => ({ client: undefined, found, error })
    )
  );
  const tried: FailedEngine[] = [];
  try {
    for (const attempt of attempts) {
      const result = await attempt;
      if (result.client !== undefined) return { kind: 'connected', client: result.client, found: result.found };
      tried.push({ candidate: result.found.candidate, error: toErrorData(result.error) });
    }
    return { kind: 'none', tried };
  } finally {
    signal.removeEventListener('abort', stop);
    stop();
    await Promise.all(attempts);
  }
}
