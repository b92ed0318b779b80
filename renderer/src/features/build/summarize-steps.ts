import type { BuildStep } from '#contract/schema/build.ts';

export interface StepSummary {
  readonly instructions: readonly BuildStep[];
  /** The builder's internal steps: loading, resolving, exporting. */
  readonly internalSteps: readonly BuildStep[];
  readonly cachedCount: number;
}

/** Separates the steps of instructions, by their line, from what the builder did besides. */
export function summarizeSteps(steps: readonly BuildStep[]): StepSummary {
  const instructions = sortByLine(steps.filter((step) => step.instruction));
  return {
    instructions,
    internalSteps: steps.filter((step) => !step.instruction),
    cachedCount: instructions.filter((step) => step.status === 'cached').length
  };
}

/** In the order of the Dockerfile: builders report steps in any order. Steps without a line come last. */
function sortByLine(steps: readonly BuildStep[]): BuildStep[] {
  const lineOf = ({ line }: BuildStep): number => line ?? Number.MAX_SAFE_INTEGER;
  return [...steps].sort((a, b) => lineOf(a) - lineOf(b));
}

/** The step whose log is displayed by default: the failed one, else the running or interrupted one, else the last. */
export function findRelevantStep(steps: readonly BuildStep[]): BuildStep | null {
  return (
    steps.find((step) => step.status === 'failed') ??
    steps.findLast((step) => step.status === 'running' && step.instruction) ??
    steps.findLast((step) => step.status === 'running') ??
    findInterrupted(steps) ??
    sortByLine(steps).findLast((step) => step.instruction && step.status !== 'waiting') ??
    steps.at(-1) ??
    null
  );
}

/** The instruction that ran when the build was stopped. Those that waited were stopped too, after it. */
function findInterrupted(steps: readonly BuildStep[]): BuildStep | undefined {
  const stopped = steps.filter((step) => step.instruction && step.status === 'cancelled');
  return stopped.findLast((step) => step.startedAt !== null) ?? stopped[0];
}

/**
 * Duration of a step so far in milliseconds; null before it starts. `nowMs` is the engine's clock, which
 * may be ahead of ours: negative durations count as 0.
 */
export function measureStep(step: BuildStep, nowMs: number): number | null {
  if (step.startedAt === null) return null;
  if (step.completedAt === null && step.status !== 'running') return null;
  return Math.max(0, (step.completedAt ?? nowMs) - step.startedAt);
}
