import type { EngineCandidate, EngineIdentity, EngineState } from '#contract/schema/engine.ts';
import { identifyEngine } from '#contract/domain/identify-engine.ts';
import { words } from '#contract/words/words.ts';

export interface EngineText {
  readonly tone: 'good' | 'bad' | 'busy';
  readonly text: string;
}

/** A candidate with where it was found: "default · docker context"; one word if both are the same. */
export function nameCandidate(candidate: EngineCandidate): string {
  const source = words.engine.sources[candidate.source];
  return source === candidate.name ? source : `${candidate.name} · ${source}`;
}

/** An engine, short enough for a label: "default · Docker 28.2". */
export function nameEngine({ name, product, version }: EngineIdentity): string {
  // "20.10.24+dfsg1" would take a third of a small window; the menu shows the full version.
  const [release = version] = /^\d+\.\d+/.exec(version) ?? [];
  return words.engine.pill.connected(name, product, release);
}

/** The engine's state, short enough for the pill: "default · Docker 28.2". */
export function describeEngine(state: EngineState): EngineText {
  const { pill } = words.engine;
  switch (state.kind) {
    case 'searching':
      return { tone: 'busy', text: pill.searching };
    case 'starting':
      return { tone: 'busy', text: pill.starting(state.program) };
    case 'none':
      return { tone: 'bad', text: pill.none };
    case 'lost':
      return { tone: 'bad', text: pill.lost(state.info.candidate.name) };
    case 'connected':
      return { tone: 'good', text: nameEngine(identifyEngine(state.info)) };
  }
}
