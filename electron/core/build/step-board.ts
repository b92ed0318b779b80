import { applyBuildEvent, emptyBuildSnapshot } from '#contract/jobs/apply-build-event.ts';
import type { BuildEvent, BuildStep } from '#contract/schema/build.ts';

/** More steps than any Dockerfile makes; what an engine sends beyond is not shown. */
const stepLimit = 5_000;

/** Characters of a step's log that are kept for its last lines. */
const tailCharacters = 32_000;

type StepChange = Partial<Omit<BuildStep, 'id'>>;

/** The steps of one build by the builder's own key for them; reports each change once. */
export class StepBoard {
  readonly #steps = new Map<string, BuildStep>();
  readonly #tails = new Map<string, string>();
  readonly #emit: (event: BuildEvent) => void;

  constructor(emit: (event: BuildEvent) => void) {
    this.#emit = emit;
  }

  get(key: string): BuildStep | undefined {
    return this.#steps.get(key);
  }

  /** Makes or changes a step. */
  change(key: string, change: StepChange): void {
    const known = this.#steps.get(key);
    if (known === undefined && this.#steps.size >= stepLimit) return;
    const step: BuildStep = { ...(known ?? this.#blank()), ...change };
    if (known !== undefined && JSON.stringify(known) === JSON.stringify(step)) return;
    this.#steps.set(key, step);
    this.#emit({ kind: 'step', step });
  }

  log(key: string, text: string): void {
    const step = this.#steps.get(key);
    if (step === undefined || text === '') return;
    const tail = (this.#tails.get(key) ?? '') + text;
    this.#tails.set(key, tail.length > 2 * tailCharacters ? tail.slice(-tailCharacters) : tail);
    this.#emit({ kind: 'log', stepId: step.id, text });
  }

  /** The last lines that a step wrote, at most `count`. */
  lastLines(key: string, count: number): string[] {
    const snapshot = emptyBuildSnapshot();
    applyBuildEvent(snapshot, { kind: 'log', stepId: key, text: this.#tails.get(key) ?? '' });
    return (snapshot.logs[key]?.lines ?? []).slice(-count);
  }

  /** Nothing runs any more: what ran or waited has been stopped. */
  cancelRemaining(): void {
    for (const [key, { status }] of this.#steps) {
      if (status === 'running' || status === 'waiting') this.change(key, { status: 'cancelled' });
    }
  }

  /** The steps that failed, in the order in which they appeared. */
  failed(): { key: string; step: BuildStep }[] {
    return [...this.#steps].filter(([, step]) => step.status === 'failed').map(([key, step]) => ({ key, step }));
  }

  #blank(): BuildStep {
    return {
      id: `step-${this.#steps.size + 1}`,
      name: '',
      instruction: false,
      stage: null,
      line: null,
      status: 'waiting',
      startedAt: null,
      completedAt: null,
      error: null,
      progress: null
    };
  }
}
