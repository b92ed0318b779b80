import { createContext } from 'svelte';
import type { Bridge } from '#contract/ipc/bridge.ts';
import type { CallInput, CallOutput } from '#contract/ipc/calls.ts';
import type { AnalysisSource } from '#contract/schema/analysis.ts';
import type { AppErrorData } from '#contract/schema/error.ts';
import type { AnalysisOverview } from '#contract/schema/analysis-overview.ts';
import { call, CallError, toErrorData } from '../../bridge/call.ts';
import { JobState } from '../../state/job-state.svelte.ts';
import { Listeners } from '../../state/listeners.ts';

/** A path of the image in one layer; layer -1 is the merged image. */
export interface FileLocation {
  readonly layer: number;
  readonly node: number;
}

export type AnalysisQuestion =
  'cells' | 'rows' | 'path' | 'findPath' | 'export' | 'exportPng' | 'previewFile' | 'saveFile';
type QuestionInput<Q extends AnalysisQuestion> = Omit<CallInput<`analysis.${Q}`>, 'analysisId'>;

/** The files of one image: read by a job, then queried. Call dispose when done. */
export class AnalysisState {
  /** The job of the current or last analysis. */
  job: JobState<'analysis'>;
  /** Null until the image is analyzed. */
  overview = $state.raw<AnalysisOverview | null>(null);
  /** The search query, shared by all views. */
  query = $state('');
  /** The selected file or directory, shared by all views. */
  selected = $state.raw<FileLocation | null>(null);
  /** Why the files are not available; null while they are, or are being read. */
  error = $state.raw<AppErrorData | null>(null);

  readonly #bridge: Bridge;
  readonly #readListeners = new Listeners();
  #source: AnalysisSource | null = null;
  #projectId: string | null = null;
  #analysisId: string | null = null;
  #running: Promise<void> | null = null;

  constructor(bridge: Bridge) {
    this.#bridge = bridge;
    this.job = $state.raw(new JobState(bridge, 'analysis'));
  }

  get isReading(): boolean {
    return this.job.running;
  }

  /** Reading was canceled, and there is nothing to display. */
  get isCancelled(): boolean {
    return this.job.end?.kind === 'cancelled';
  }

  /**
   * Calls `listener` when the image is analyzed, immediately if it already is, and again after each analysis: earlier
   * results belong
   * to another overview. Returns the unsubscribe function.
   */
  onRead(listener: () => void): () => void {
    if (this.overview !== null) listener();
    return this.#readListeners.add(listener);
  }

  /** Analyzes an image; the previous image is removed. Errors are in `error`. */
  start(source: AnalysisSource, projectId: string | null): Promise<void> {
    const isSame = JSON.stringify(source) === JSON.stringify(this.#source);
    if (isSame && (this.isReading || this.overview !== null || this.isCancelled)) {
      return this.#running ?? Promise.resolve();
    }
    this.#close();
    this.#source = source;
    this.#projectId = projectId;
    this.overview = null;
    this.selected = null;
    this.#running = this.#read();
    return this.#running;
  }

  /** Analyzes the same image again, after an error or a cancellation. */
  async retry(): Promise<void> {
    const source = this.#source;
    if (source === null || this.isReading) return;
    this.#running = this.#read();
    await this.#running;
  }

  /** Queries the analyzed image; if its analysis was closed, the image is analyzed again first. Throws CallError. */
  async call<Q extends AnalysisQuestion>(question: Q, input: QuestionInput<Q>): Promise<CallOutput<`analysis.${Q}`>> {
    const send = (): Promise<CallOutput<`analysis.${Q}`>> => {
      const analysisId = this.#analysisId ?? 'none-yet';
      const fullInput = { ...input, analysisId } as unknown as CallInput<`analysis.${Q}`>;
      return call(this.#bridge, `analysis.${question}`, fullInput);
    };
    try {
      return await send();
    } catch (cause) {
      const isClosed = cause instanceof CallError && ['analysis-unknown', 'worker-died'].includes(cause.error.code);
      if (!isClosed || this.#source === null) throw cause;
      if (!this.isReading) this.#running = this.#read();
      await this.#running;
      return send();
    }
  }

  /** Cancels the preview being read. */
  async stopPreview(): Promise<void> {
    await call(this.#bridge, 'analysis.stopPreview', {}).catch(() => undefined);
  }

  dispose(): void {
    this.#close();
    this.job.dispose();
  }

  async #read(): Promise<void> {
    const source = this.#source;
    if (source === null) return;
    const job = new JobState(this.#bridge, 'analysis');
    this.job.dispose();
    this.job = job;
    this.error = null;
    const input = { source, projectId: this.#projectId };
    await job.start(() => call(this.#bridge, 'analysis.start', input));
    await job.settled();
    if (job !== this.job) return;
    const { end, result } = job;
    if (result === null) {
      this.error = end?.kind === 'failed' ? end.error : job.error;
      return;
    }
    const { analysisId } = result;
    this.#analysisId = analysisId;
    try {
      const overview = await call(this.#bridge, 'analysis.overview', { analysisId });
      if (job !== this.job) return;
      this.overview = overview;
      this.#readListeners.notify();
    } catch (cause) {
      this.error = toErrorData(cause);
    }
  }

  #close(): void {
    const analysisId = this.#analysisId;
    this.#analysisId = null;
    this.#source = null;
    if (analysisId !== null) void call(this.#bridge, 'analysis.close', { analysisId }).catch(() => undefined);
    if (this.job.running) void this.job.cancel();
  }
}

/** The analysis of the image that surrounding components display. */
export const [useAnalysis, provideAnalysis] = createContext<AnalysisState>();
