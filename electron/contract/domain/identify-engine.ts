import type { EngineIdentity, EngineInfo } from '../schema/engine.ts';

/** How a job, an image or a record refers to a connected engine. */
export function identifyEngine({ candidate, product, version }: EngineInfo): EngineIdentity {
  return { id: candidate.id, name: candidate.name, product, version };
}
