import { AppError } from '../util/app-error.ts';
import type { EngineCandidate, EngineInfo, EngineState, PrivateEngineProgram } from '#contract/schema/engine.ts';
import { connectEngine } from './connect-engine.ts';
import type { EngineClient } from './engine-client.ts';
import { findEngines } from './find-engines.ts';
import { findPrivatePrograms } from './find-private-programs.ts';
import type { DiscoveredEngine } from './discovered-engine.ts';
import { pause } from '../util/pause.ts';
import { startPrivateEngine, type PrivateEngine } from './private-engine.ts';
import type { HostEnvironment } from '../util/host-environment.ts';
import { tryEngines, type TryOutcome } from './try-engines.ts';
import { watchEngine } from './watch-engine.ts';

/** How an EngineConnection finds engines. */
export interface EngineConnectionOptions {
  environment: HostEnvironment;
  /** Data folder of the private engine. */
  privateDataDir: string;
  /** The engine of the last session: tried before all others. */
  preferredId?: string | null;
  /** Delays between attempts: the first, doubled up to the maximum. */
  backoff?: { firstMs: number; maxMs: number };
  /** Time limit for one engine's answer. */
  connectLimitMs?: number;
  /** Additional arguments for a private dockerd or podman. */
  privateArgs?: string[];
}

type Listener<T> = (value: T) => void;

/**
 * The connection to an engine: finds it, watches it, and reconnects automatically. Nothing happens before
 * `start`. A lost engine is the only one retried, since another one has other images; `retry` tries all again.
 */
export class EngineConnection {
  #state: EngineState = { kind: 'searching' };
  #client: EngineClient | undefined;
  /** Ids of the engines that were connected in this session. */
  readonly #used = new Set<string>();
  /** The engine that the user chose (or that was lost): the only one that is tried. */
  #chosenId: string | null = null;
  #lostEngine: DiscoveredEngine | undefined;
  #private: PrivateEngine | undefined;
  #run = new AbortController();
  #running: Promise<void> = Promise.resolve();
  #closed = false;
  #runId = 0;
  readonly #options: EngineConnectionOptions;
  readonly #listeners = new Set<Listener<EngineState>>();
  readonly #imageListeners = new Set<() => void>();

  constructor(options: EngineConnectionOptions) {
    this.#options = options;
  }

  get state(): EngineState {
    return this.#state;
  }

  /** Calls the listener with each new state; returns the unsubscribe function. */
  subscribe(listener: Listener<EngineState>): () => void {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  /** Calls the listener when the engine's images changed, or may have; returns the unsubscribe function. */
  onImageChange(listener: () => void): () => void {
    this.#imageListeners.add(listener);
    return () => void this.#imageListeners.delete(listener);
  }

  /** The connected engine. Throws engine-lost while it is lost, else engine-none. */
  client(): EngineClient {
    if (this.#state.kind === 'connected' && this.#client !== undefined) return this.#client;
    if (this.#state.kind === 'lost') throw new AppError('engine-lost', { engine: this.#state.info.candidate.name });
    throw new AppError('engine-none', {});
  }

  /**
   * The engine with an id, whichever is selected; null is the selected one. An id that is unknown now, as its setting is
   * gone, is the selected one too: the same engine may have another address. Throws what `client` and connectEngine
   * throw, and engine-not-selected for a remote one that was not selected in this session.
   */
  async clientOf(engineId: string | null, signal?: AbortSignal): Promise<EngineClient> {
    const isSelected = 'info' in this.#state && this.#state.info.candidate.id === engineId;
    if (engineId === null || isSelected) return this.client();
    const found = (await this.#find()).engines.find(({ candidate }) => candidate.id === engineId);
    if (found === undefined) return this.client();
    if (!found.automatic && !this.#used.has(engineId)) {
      throw new AppError('engine-not-selected', { engine: found.candidate.name, engineId });
    }
    const { environment, connectLimitMs: limitMs } = this.#options;
    return connectEngine(found, signal, { env: environment.env, ...(limitMs === undefined ? {} : { limitMs }) });
  }

  /** All candidates, best first. */
  async candidates(): Promise<EngineCandidate[]> {
    return (await this.#find()).engines.map(({ candidate }) => candidate);
  }

  /** Starts; resolves after the first search. */
  start(): Promise<void> {
    return this.#restart();
  }

  /** Uses only that engine until changed; null uses the best one again. Throws engine-none if unknown. */
  async use(engineId: string | null): Promise<void> {
    if (engineId !== null && !(await this.candidates()).some(({ id }) => id === engineId)) {
      throw new AppError('engine-none', {});
    }
    this.#chosenId = engineId;
    this.#lostEngine = undefined;
    this.#client = undefined;
    await this.#restart();
  }

  /** Tries all candidates again, now. Resolves with the result; does nothing while connected. */
  async retry(): Promise<void> {
    if (this.#state.kind === 'connected') return;
    this.#lostEngine = undefined;
    await this.#restart();
  }

  /** Starts a private engine and uses it. Throws engine-start-failed, and then tries the others again. */
  async startPrivate(program: PrivateEngineProgram): Promise<void> {
    if (this.#state.kind === 'starting' || !(await this.#beginRun())) return;
    this.#client = undefined;
    this.#lostEngine = undefined;
    this.#publish({ kind: 'starting', program });
    const { signal } = (this.#run = new AbortController());
    try {
      const starting = this.#launch(program, signal);
      this.#running = starting.then(
        () => undefined,
        () => undefined
      );
      const { found } = await starting;
      if (!signal.aborted) this.#chosenId = found.candidate.id;
    } finally {
      if (!signal.aborted) await this.#restart();
    }
  }

  /** Stops everything: no socket, timer or private engine is left. */
  async close(): Promise<void> {
    this.#closed = true;
    await this.#stopRun();
    this.#client = undefined;
    this.#listeners.clear();
    this.#imageListeners.clear();
    await this.#private?.stop();
    this.#private = undefined;
  }

  async #stopRun(): Promise<void> {
    this.#run.abort();
    await this.#running;
  }

  /** Stops the current run. False if a later call, or `stop`, came in between. */
  async #beginRun(): Promise<boolean> {
    this.#runId += 1;
    const runId = this.#runId;
    await this.#stopRun();
    return runId === this.#runId && !this.#closed;
  }

  async #launch(program: PrivateEngineProgram, signal: AbortSignal): Promise<PrivateEngine> {
    const { environment, privateDataDir: dataDir, privateArgs: extraArgs = [] } = this.#options;
    await this.#private?.stop();
    this.#private = undefined;
    this.#private = await startPrivateEngine({ program, dataDir, env: environment.env, signal, extraArgs });
    return this.#private;
  }

  async #restart(): Promise<void> {
    if (!(await this.#beginRun())) return;
    if (this.#state.kind !== 'lost' || this.#lostEngine === undefined) this.#publish({ kind: 'searching' });
    const { signal } = (this.#run = new AbortController());
    await new Promise<void>((resolve) => {
      this.#running = this.#keepConnected(signal, resolve).finally(resolve);
    });
  }

  async #keepConnected(signal: AbortSignal, onFirstResult: () => void): Promise<void> {
    const { firstMs, maxMs } = this.#options.backoff ?? { firstMs: 500, maxMs: 5_000 };
    const stopped = (): boolean => signal.aborted;
    let waitMs = firstMs;
    while (!stopped()) {
      const outcome = await this.#search(signal);
      if (stopped()) return;
      if (outcome.kind === 'connected') {
        waitMs = firstMs;
        this.#connect(outcome.client);
        onFirstResult();
        await watchEngine(outcome.client, signal, () => this.#notifyImageListeners());
        if (stopped()) return;
        this.#markLost(outcome.client.info, outcome.found);
      } else if (this.#lostEngine === undefined) {
        this.#publish({ kind: 'none', tried: outcome.tried, canStart: await this.#programs() });
      }
      onFirstResult();
      await pause(waitMs, signal);
      waitMs = Math.min(waitMs * 2, maxMs);
    }
  }

  async #search(signal: AbortSignal): Promise<TryOutcome> {
    const { environment, connectLimitMs } = this.#options;
    const limits = connectLimitMs === undefined ? {} : { limitMs: connectLimitMs };
    const { engines, problems } =
      this.#lostEngine === undefined ? await this.#find() : { engines: [this.#lostEngine], problems: [] };
    const outcome = await tryEngines(this.#select(engines), signal, { env: environment.env, ...limits });
    return outcome.kind === 'none' ? { kind: 'none', tried: [...problems, ...outcome.tried] } : outcome;
  }

  #select(engines: DiscoveredEngine[]): DiscoveredEngine[] {
    const chosen = engines.filter(({ candidate }) => candidate.id === this.#chosenId);
    if (this.#lostEngine !== undefined || chosen.length > 0) return this.#lostEngine === undefined ? chosen : engines;
    const { preferredId = null } = this.#options;
    const preferred = engines.filter(({ candidate }) => candidate.id === preferredId);
    return [...preferred, ...engines.filter((found) => found.automatic && !preferred.includes(found))];
  }

  async #find(): ReturnType<typeof findEngines> {
    const search = await findEngines(this.#options.environment);
    if (this.#private !== undefined) search.engines.push(this.#private.found);
    return search;
  }

  #programs(): Promise<PrivateEngineProgram[]> {
    return findPrivatePrograms(this.#options.environment);
  }

  #connect(client: EngineClient): void {
    this.#client = client;
    this.#used.add(client.info.candidate.id);
    this.#lostEngine = undefined;
    this.#publish({ kind: 'connected', info: client.info });
    this.#notifyImageListeners();
  }

  #markLost(info: EngineInfo, found: DiscoveredEngine): void {
    this.#client = undefined;
    this.#lostEngine = found;
    this.#publish({ kind: 'lost', info, sinceMs: Date.now() });
  }

  #notifyImageListeners(): void {
    for (const listener of [...this.#imageListeners]) listener();
  }

  #publish(state: EngineState): void {
    if (JSON.stringify(state) === JSON.stringify(this.#state)) return;
    this.#state = state;
    for (const listener of [...this.#listeners]) listener(state);
  }
}
