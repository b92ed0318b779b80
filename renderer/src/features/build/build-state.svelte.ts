import type { Bridge } from '#contract/ipc/bridge.ts';
import type { BuildOptions, BuildRecord, BuildStep, StepLog } from '#contract/schema/build.ts';
import type { EngineIdentity } from '#contract/schema/engine.ts';
import type { AppErrorData } from '#contract/schema/error.ts';
import type { Finding } from '#contract/schema/finding.ts';
import type { ImageDetail } from '#contract/schema/image.ts';
import type { JobInfo } from '#contract/schema/job.ts';
import { call, toErrorData } from '../../bridge/call.ts';
import { AnalysisState } from '../analysis/analysis-state.svelte.ts';
import { shouldAutoAnalyze } from '../analysis/should-auto-analyze.ts';
import { JobState } from '../../state/job-state.svelte.ts';

export type BuildPhase = 'none' | 'starting' | 'running' | 'finished' | 'failed' | 'cancelled';
export type ChosenOptions = Omit<BuildOptions, 'tag'>;

const noOptions: ChosenOptions = { buildArgs: {}, target: null, noCache: false, pull: false };

/** A project's builds: the current one of this window, the last one in the records, and its image. */
export class BuildState {
  readonly job: JobState<'build'>;
  /** The files of the last image. */
  readonly analysis: AnalysisState;
  options = $state.raw<ChosenOptions>(noOptions);
  records = $state.raw<readonly BuildRecord[]>([]);
  image = $state.raw<ImageDetail | null>(null);
  imageError = $state.raw<AppErrorData | null>(null);
  /** The records have been read; until then earlier builds are unknown. */
  loaded = $state(false);
  /** The text of the current build in this window; null after a reload. */
  #startedText = $state<string | null>(null);

  readonly #bridge: Bridge;
  readonly #projectId: string;

  constructor(bridge: Bridge, projectId: string) {
    this.#bridge = bridge;
    this.#projectId = projectId;
    this.job = new JobState(bridge, 'build');
    this.analysis = new AnalysisState(bridge);
  }

  /** The last build that created an image: the one whose layers are displayed and that a push sends. */
  readonly lastImage = $derived.by(() => this.records.find((record) => record.imageId !== null) ?? null);
  /** The previous build that created a different image. */
  readonly previousImage = $derived.by(() => {
    const last = this.lastImage;
    const isBefore = ({ imageId, startedAt }: BuildRecord): boolean =>
      last !== null && imageId !== null && imageId !== last.imageId && startedAt < last.startedAt;
    return this.records.find(isBefore) ?? null;
  });
  readonly #lastRecord = $derived.by(() => this.records[0] ?? null);

  readonly phase = $derived.by((): BuildPhase => {
    if (this.job.end !== null) return this.job.end.kind;
    if (this.job.info !== null) return 'running';
    if (this.job.starting) return 'starting';
    return this.job.error === null ? (this.#lastRecord?.outcome ?? 'none') : 'failed';
  });

  /** Why the displayed build failed. */
  get error(): AppErrorData | null {
    if (this.job.end !== null) return this.job.end.kind === 'failed' ? this.job.end.error : null;
    if (this.job.error !== null) return this.job.error;
    return this.job.running ? null : (this.#lastRecord?.error ?? null);
  }

  get steps(): readonly BuildStep[] {
    if (this.job.snapshot !== null) return this.job.snapshot.steps;
    return this.job.error !== null || this.job.starting ? [] : (this.#lastRecord?.steps ?? []);
  }

  /** The builder's warnings for the displayed build. */
  get findings(): readonly Finding[] {
    if (this.job.snapshot !== null) return this.job.snapshot.findings;
    return this.job.error !== null || this.job.starting ? [] : (this.#lastRecord?.findings ?? []);
  }

  /** The engine no longer has the image of the last build. */
  get isImageMissing(): boolean {
    return this.imageError?.code === 'image-not-found';
  }

  /** The output of a step; null if it has none or it was not saved. */
  logOf(stepId: string): StepLog | null {
    return this.job.snapshot?.logs[stepId] ?? null;
  }

  /** The engine that the displayed build runs or ran on; null if unknown. */
  get engine(): EngineIdentity | null {
    if (this.job.snapshot !== null) return this.job.snapshot.engine;
    return this.job.error !== null || this.job.starting ? null : (this.#lastRecord?.builtOn ?? null);
  }

  get isLive(): boolean {
    return this.job.info !== null;
  }

  /** Start of the displayed build, milliseconds since 1970. */
  get startedAt(): number | null {
    return this.job.info?.startedAt ?? this.#lastRecord?.startedAt ?? null;
  }

  /** Duration of the displayed build; null while it is running. */
  get durationMs(): number | null {
    if (this.job.result !== null) return this.job.result.durationMs;
    return this.job.info === null ? (this.#lastRecord?.durationMs ?? null) : (this.#recordOfJob()?.durationMs ?? null);
  }

  /** The Dockerfile of the displayed build: its steps and its error refer to lines of it. */
  get shownText(): string | null {
    return this.#startedText ?? this.#lastRecord?.dockerfileText ?? null;
  }

  /** Names of build arguments whose values were not saved with the last build, since they may be secret. */
  get hiddenArguments(): readonly string[] {
    return this.#lastRecord?.hiddenBuildArgs ?? [];
  }

  /** Reads the records and the last image. The first time, the options of the last build are taken over. */
  async load(): Promise<void> {
    const records = await call(this.#bridge, 'build.records', { projectId: this.#projectId });
    this.records = [...records].sort((a, b) => b.startedAt - a.startedAt);
    const last = this.records[0];
    if (!this.loaded && last !== undefined) this.options = optionsOf(last.options);
    this.loaded = true;
    await this.loadImage();
  }

  /** Reads the last image's layers again, for example after the engine is back. */
  async loadImage(): Promise<void> {
    const record = this.lastImage;
    if (record?.imageId == null) return;
    try {
      this.image = await call(this.#bridge, 'image.inspect', {
        image: record.imageId,
        buildId: record.id,
        engineId: record.builtOn?.id ?? null
      });
      this.imageError = null;
      if (shouldAutoAnalyze(this.image)) this.readFiles();
    } catch (cause) {
      this.imageError = toErrorData(cause);
      if (this.isImageMissing) this.image = null;
    }
  }

  /** Reads the files of the last image, unless they were read. */
  readFiles(): void {
    const record = this.lastImage;
    if (record?.imageId == null) return;
    const { imageId: image, id: buildId, builtOn } = record;
    void this.analysis.start({ kind: 'engine', image, buildId, engineId: builtOn?.id ?? null }, this.#projectId);
  }

  /** Builds the project on disk; `text` is the Dockerfile as it was saved. */
  async start(dockerfile: string, text: string, tag: string): Promise<void> {
    this.#startedText = text;
    const input = { projectId: this.#projectId, dockerfile, options: { ...this.options, tag } };
    await this.job.start(() => call(this.#bridge, 'build.start', input));
  }

  /** Attaches to a build that was started before this window was loaded; `text` is the Dockerfile on disk. */
  async attach(info: JobInfo, text: string | null): Promise<void> {
    this.#startedText = info.ended ? null : text;
    await this.job.attach(info.jobId);
  }

  dispose(): void {
    this.job.dispose();
    this.analysis.dispose();
  }

  #recordOfJob(): BuildRecord | null {
    const startedAt = this.job.info?.startedAt ?? Infinity;
    return this.records.find((record) => Math.abs(record.startedAt - startedAt) < 2000) ?? null;
  }
}

function optionsOf({ buildArgs, target, noCache, pull }: BuildOptions): ChosenOptions {
  return { buildArgs, target, noCache, pull };
}
