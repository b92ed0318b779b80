import { formatList } from '#contract/format/format-list.ts';
import { words } from '#contract/words/words.ts';
import { chooseDockerEngine, findEngineNamed } from '#core/engine/choose-docker-engine.ts';
import { connectEngine } from '#core/engine/connect-engine.ts';
import type { EngineClient } from '#core/engine/engine-client.ts';
import { findEngines } from '#core/engine/find-engines.ts';
import { readHostEnvironment } from '#core/util/host-environment.ts';
import { UsageError } from './usage-error.ts';

export interface OpenEngineOptions {
  /** The value of --engine; null for the engine that docker uses. */
  readonly name: string | null;
  readonly env: NodeJS.ProcessEnv;
  readonly log: (text: string) => void;
  readonly signal: AbortSignal;
}

/** Connects to one engine and logs which. Throws UsageError, and what chooseDockerEngine and connectEngine throw. */
export async function openEngine({ name, env, log, signal }: OpenEngineOptions): Promise<EngineClient> {
  const search = await findEngines(readHostEnvironment(env));
  const engine = name === null ? chooseDockerEngine(search) : findEngineNamed(search, name);
  if (engine === undefined) {
    const known = search.engines.map(({ candidate }) => candidate.name);
    throw new UsageError(words.cli.unknownEngine(name ?? '', formatList(known)));
  }
  const client = await connectEngine(engine, signal, { env });
  log(`${words.cli.usingEngine(engine.candidate.name, engine.candidate.address)}\n`);
  return client;
}
