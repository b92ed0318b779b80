import type { JobEvent, JobEnd } from '#contract/schema/job.ts';
import type { JobKind, JobTypes } from '#contract/jobs/job-kinds.ts';

/**
 * Numbers events 1, 2, 3 … and delivers them in batches, so that a job with many events does not flood the boundary.
 */
export class EventLog<K extends JobKind> {
  #seq = 0;
  #waiting: JobEvent<K>[] = [];
  #timer: ReturnType<typeof setTimeout> | undefined;
  readonly #batchMs: number;
  readonly #deliver: (events: JobEvent<K>[]) => void;

  constructor(batchMs: number, deliver: (events: JobEvent<K>[]) => void) {
    this.#batchMs = batchMs;
    this.#deliver = deliver;
  }

  /** The number of the last event. */
  get seq(): number {
    return this.#seq;
  }

  push(event: JobTypes[K]['event']): void {
    this.#waiting.push({ seq: ++this.#seq, event });
    this.#timer ??= setTimeout(() => this.flush(), this.#batchMs);
  }

  /** Appends the end, the last event, and delivers it immediately. */
  end(end: JobEnd<K>): void {
    this.#waiting.push({ seq: ++this.#seq, end });
    this.flush();
  }

  /** Delivers pending events immediately. */
  flush(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    const events = this.#waiting;
    this.#waiting = [];
    if (events.length > 0) this.#deliver(events);
  }
}
