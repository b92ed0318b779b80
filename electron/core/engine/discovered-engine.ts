import { createHash } from 'node:crypto';
import type { EngineCandidate, EngineSource } from '#contract/schema/engine.ts';
import type { AppErrorData } from '#contract/schema/error.ts';
import { formatEngineAddress, type EngineTarget } from '../docker-config/engine-address.ts';

/** An address where an engine may answer, and how to connect to it. */
export interface DiscoveredEngine {
  candidate: EngineCandidate;
  target: EngineTarget;
  /** False for the engines of other contexts that are remote: they are contacted only if chosen. */
  automatic: boolean;
}

/** An address without an engine, and why. */
export interface FailedEngine {
  candidate: EngineCandidate;
  error: AppErrorData;
}

/** Creates a candidate. The id is the same in every session, and reveals nothing. */
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
