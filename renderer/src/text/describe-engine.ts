import type { EngineCandidate, EngineIdentity, EngineState } from '#contract/schema/engine.ts';
import { identifyEngine } from '#contract/domain/identify-engine.ts';
import { words } from '#contract/words/words.ts';

export interface EngineText {
  readonly tone: 'good' | 'bad' | 'busy';
  readonly text: string;
  /** For a small window: without the engine's name, if it is connected. */
  readonly short: string;
}

/** A candidate with where it was found: "default · docker context"; one word if both are the same. */
export function nameCandidate(candidate: EngineCandidate): string {
  const source = words.engine.sources[candidate.source];
  return source === candidate.name ? source : `${candidate.name} · ${source}`;
}

/** "Docker 28.2": "20.10.24+dfsg1" would take a third of a small window, and the menu has the full version. */
function nameRelease({ product, version }: Pick<EngineIdentity, 'product' | 'version'>): string {
  const [release = version] = /^\d+\.\d+/.exec(version) ?? [];
  return `${product} ${release}`;
}

/** An engine, short enough for a label: "default · Docker 28.2". */
export function nameEngine(engine: EngineIdentity): string {
  return words.engine.pill.connected(engine.name, nameRelease(engine));
}

/** The engine's state, short enough for the pill: "default · Docker 28.2". */
export function describeEngine(state: EngineState): EngineText {
  const { pill } = words.engine;
  switch (state.kind) {
    case 'searching':
      return fixed('busy', pill.searching);
    case 'starting':
      return fixed('busy', pill.starting(state.program));
    case 'none':
      return fixed('bad', pill.none);
    case 'lost':
      return fixed('bad', pill.lost(state.info.candidate.name));
    case 'connected':
      return { tone: 'good', text: nameEngine(identifyEngine(state.info)), short: nameRelease(state.info) };
  }
}

function fixed(tone: EngineText['tone'], text: string): EngineText {
  return { tone, text, short: text };
}
