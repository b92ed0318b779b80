import { AppError, fromErrorData } from '../util/app-error.ts';
import { parseEngineAddress } from '../docker-config/engine-address.ts';
import { toDiscoveredEngine, type DiscoveredEngine } from './discovered-engine.ts';
import type { EngineSearch } from './find-engines.ts';

/**
 * The one engine that docker itself would use: DOCKER_HOST, else the current context, else the first default socket that
 * exists. Settings that are wrong are an error, never a reason to use another engine. Throws engine-none, and what
 * findEngines found wrong.
 */
export function chooseDockerEngine({ engines, problems }: EngineSearch): DiscoveredEngine {
  const [first] = engines;
  if (first?.candidate.source === 'docker-host') return first;
  const [problem] = problems;
  if (problem !== undefined) throw fromErrorData(problem.error);
  if (!first?.automatic) throw new AppError('engine-none', {});
  return first;
}

/** The engine with this name, as of a docker context, or at this address; undefined if there is none. */
export function findEngineNamed(
  { engines }: Pick<EngineSearch, 'engines'>,
  name: string
): DiscoveredEngine | undefined {
  const named = engines.find(({ candidate }) => [candidate.name, candidate.address].includes(name));
  if (named !== undefined) return named;
  const target = /^[a-z]+:\/\//i.test(name) ? parseEngineAddress(name) : undefined;
  return target && toDiscoveredEngine('docker-host', name, target);
}
