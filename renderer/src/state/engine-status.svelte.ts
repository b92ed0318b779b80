import type { Bridge } from '#contract/ipc/bridge.ts';
import { identifyEngine } from '#contract/domain/identify-engine.ts';
import type {
  EngineCandidate,
  EngineIdentity,
  EngineInfo,
  EngineState,
  PrivateEngineProgram
} from '#contract/schema/engine.ts';
import { call } from '../bridge/call.ts';

/** The connected engine, updated live. */
export class EngineStatus {
  state = $state.raw<EngineState>({ kind: 'searching' });
  candidates = $state.raw<readonly EngineCandidate[]>([]);

  readonly #bridge: Bridge;

  constructor(bridge: Bridge) {
    this.#bridge = bridge;
  }

  /** The connected engine; null if there is none. */
  get info(): EngineInfo | null {
    return this.state.kind === 'connected' ? this.state.info : null;
  }

  /** The connected engine, or the lost one; null if there is none. */
  get candidateId(): string | null {
    return this.state.kind === 'connected' || this.state.kind === 'lost' ? this.state.info.candidate.id : null;
  }

  /** The connected engine, or the lost one, as what it has refers to it; null if there is none. */
  get identity(): EngineIdentity | null {
    return this.state.kind === 'connected' || this.state.kind === 'lost' ? identifyEngine(this.state.info) : null;
  }

  get connected(): boolean {
    return this.state.kind === 'connected';
  }

  /** Reads the state and follows it until the returned function is called. */
  follow(): () => void {
    let hasState = false;
    const unsubscribe = this.#bridge.on('engine.state', (state) => {
      hasState = true;
      this.state = state;
    });
    void call(this.#bridge, 'engine.state', {}).then((state) => {
      if (!hasState) this.state = state;
    });
    return unsubscribe;
  }

  async loadCandidates(): Promise<void> {
    this.candidates = await call(this.#bridge, 'engine.candidates', {});
  }

  /** Prefers one candidate by id; null tries all in their order. */
  async use(engineId: string | null): Promise<void> {
    await call(this.#bridge, 'engine.use', { engineId });
  }

  async retry(): Promise<void> {
    await call(this.#bridge, 'engine.retry', {});
  }

  async startPrivate(program: PrivateEngineProgram): Promise<void> {
    await call(this.#bridge, 'engine.startPrivate', { program });
  }
}
