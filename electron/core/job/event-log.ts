import type { JobEvent } from '#contract/schema/job.ts';

/** Numbers events 1, 2, 3 … and hands them on in batches, so that a chatty build does not flood the boundary. */
export class EventLog {
  #seq = 0;
  #waiting: JobEvent[] = [];
  #timer: ReturnType<typeof setTimeout> | undefined;
  readonly #batchMs: number;
  readonly #deliver: (events: JobEvent[]) => void;

  constructor(batchMs: number, deliver: (events: JobEvent[]) => void) {
    this.#batchMs = batchMs;
    this.#deliver = deliver;
  }

  /** The number of the last event. */
  get seq(): number {
    return this.#seq;
  }

  push(event: JobEvent['event']): void {
    this.#waiting.push({ seq: ++this.#seq, event });
    this.#timer ??= setTimeout(() => this.flush(), this.#batchMs);
  }

  /** Delivers what waits, now. */
  flush(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    const events = this.#waiting;
    this.#waiting = [];
    if (events.length > 0) this.#deliver(events);
  }
}
