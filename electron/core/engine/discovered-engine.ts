import { createHash } from 'node:crypto';
import type { EngineCandidate, EngineSource } from '#contract/schema/engine.ts';
import type { AppErrorData } from '#contract/schema/error.ts';
import { formatEngineAddress, type EngineTarget } from '../docker-config/engine-address.ts';

/** A place where an engine may answer, and how to reach it. */
export interface DiscoveredEngine {
  candidate: EngineCandidate;
  target: EngineTarget;
  /** False for the engines of contexts that are not in use and not on this machine: spoken to only when chosen. */
  automatic: boolean;
}

/** A place that gave no engine, and why. */
export interface FailedEngine {
  candidate: EngineCandidate;
  error: AppErrorData;
}

/** Names a place. The id is the same at every start, and tells nothing. */
export function toDiscoveredEngine(
  source: EngineSource,
  name: string,
  target: EngineTarget,
  automatic = true
): DiscoveredEngine {
  const address = formatEngineAddress(target);
  const id = createHash('sha256').update(`${source}\0${name}\0${address}`).digest('hex').slice(0, 16);
  return { candidate: { id, name, source, address }, target, automatic };
}
