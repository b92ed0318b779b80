import type { Bridge } from '#contract/ipc/bridge.ts';
import type { JobEnd, JobId } from '#contract/schema/job.ts';
import { words } from '#contract/words/words.ts';
import { call } from '../bridge/call.ts';
import { formatBytes } from '../text/format-bytes.ts';
import type { AppState } from './app-state.svelte.ts';
import { JobState } from './job-state.svelte.ts';

/** Image transfers between the engine and files. A toast reports how each ends, on any screen. */
export class TransfersState {
  /** Running transfers, oldest first. */
  running = $state.raw<readonly { readonly jobId: JobId; readonly job: JobState<'transfer'> }[]>([]);

  readonly #bridge: Bridge;
  readonly #app: AppState;

  constructor(bridge: Bridge, app: AppState) {
    this.#bridge = bridge;
    this.#app = app;
  }

  /** Attaches to running transfers, and follows new ones, until the returned function is called. */
  follow(): () => void {
    const unsubscribes = [
      this.#bridge.on('job.started', (info) => {
        if (info.kind === 'transfer') this.#attach(info.jobId);
      }),
      this.#bridge.on('job.events', (batch) => {
        if (batch.kind !== 'transfer') return;
        const last = batch.events.at(-1);
        if (last !== undefined && 'end' in last) this.#end(batch.jobId, last.end);
      })
    ];
    void this.#app.attempt(async () => {
      const jobs = await call(this.#bridge, 'job.list', {});
      for (const { jobId, kind, ended } of jobs) if (kind === 'transfer' && !ended) this.#attach(jobId);
    });
    return () => {
      unsubscribes.forEach((unsubscribe) => unsubscribe());
      for (const { job } of this.running) job.dispose();
      this.running = [];
    };
  }

  /** Saves images, by name or id, to a file chosen in the system's dialog. */
  async save(images: string[]): Promise<void> {
    await this.#app.attempt(() => call(this.#bridge, 'image.save', { images }));
  }

  /** Loads an archive chosen in the system's dialog. */
  async load(): Promise<void> {
    await this.#app.attempt(() => call(this.#bridge, 'image.load', {}));
  }

  #attach(jobId: JobId): void {
    if (this.running.some((one) => one.jobId === jobId)) return;
    const job = new JobState(this.#bridge, 'transfer');
    this.running = [...this.running, { jobId, job }];
    void job.attach(jobId);
  }

  #end(jobId: JobId, end: JobEnd<'transfer'>): void {
    const ended = this.running.find((one) => one.jobId === jobId);
    if (ended === undefined) return;
    this.#notifyEnd(end, ended.job);
    ended.job.dispose();
    this.running = this.running.filter((one) => one !== ended);
  }

  #notifyEnd(end: JobEnd<'transfer'>, { snapshot: transfer }: JobState<'transfer'>): void {
    const text = words.images.transfer;
    if (end.kind === 'failed') {
      this.#app.notifyError(end.error);
    } else if (end.kind === 'cancelled') {
      const saving = transfer?.direction !== 'load';
      this.#app.notify({
        tone: 'info',
        title: text.cancelled(transfer?.file ?? ''),
        text: saving ? text.cancelledSave : text.cancelledLoad
      });
    } else if (end.result.kind === 'saved') {
      this.#app.notify({ tone: 'go', title: text.saved(end.result.file, formatBytes(end.result.sizeBytes)) });
    } else {
      const { file, images } = end.result;
      const listed = images.length === 0 ? text.noneReported : images.join(', ');
      this.#app.notify({ tone: 'go', title: text.loaded(file), text: listed });
    }
  }
}
