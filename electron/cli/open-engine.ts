import { AppError, fromErrorData } from '#core/util/app-error.ts';
import type { EngineClient } from '#core/engine/engine-client.ts';
import { findEngines } from '#core/engine/find-engines.ts';
import { readHostEnvironment } from '#core/util/host-environment.ts';
import { tryEngines } from '#core/engine/try-engines.ts';

/**
 * The engine that docker itself would use, else the first that answers. Throws engine-none, or the best one's error.
 */
export async function openEngine(env: NodeJS.ProcessEnv, signal: AbortSignal): Promise<EngineClient> {
  const { engines } = await findEngines(readHostEnvironment(env));
  const outcome = await tryEngines(
    engines.filter(({ automatic }) => automatic),
    signal,
    { env }
  );
  if (outcome.kind === 'connected') return outcome.client;
  const [first] = outcome.tried;
  throw first ? fromErrorData(first.error) : new AppError('engine-none', {});
}
