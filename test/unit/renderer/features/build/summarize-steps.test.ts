import { expect, test } from 'vitest';
import type { BuildStep } from '#contract/schema/build.ts';
import {
  findRelevantStep,
  measureStep,
  summarizeSteps
} from '../../../../../renderer/src/features/build/summarize-steps.ts';

function step(changes: Partial<BuildStep>): BuildStep {
  return {
    id: 'a',
    name: 'RUN true',
    instruction: true,
    stage: null,
    line: 1,
    status: 'done',
    startedAt: null,
    completedAt: null,
    error: null,
    progress: null,
    ...changes
  };
}

test('counts cached instructions separately from internal steps', () => {
  const steps = [
    step({ status: 'cached' }),
    step({ id: 'b' }),
    step({ id: 'c', instruction: false, status: 'cached' })
  ];
  const summary = summarizeSteps(steps);
  expect([summary.instructions.length, summary.internalSteps.length, summary.cachedCount]).toEqual([2, 1, 1]);
});

test('shows the failed step before the running one, and the running one before the last', () => {
  const failed = step({ id: 'failed', status: 'failed' });
  const running = step({ id: 'running', status: 'running' });
  const last = step({ id: 'last', instruction: false });
  expect(findRelevantStep([running, failed, last])).toBe(failed);
  expect(findRelevantStep([running, last])).toBe(running);
  expect(findRelevantStep([step({ id: 'done' }), last])?.id).toBe('done');
  expect(findRelevantStep([])).toBeNull();
});

test('keeps the step that was running when the build was stopped', () => {
  const done = step({ id: 'done', line: 1, startedAt: 1 });
  const stopped = step({ id: 'stopped', line: 2, status: 'cancelled', startedAt: 2 });
  const never = step({ id: 'never', line: 3, status: 'cancelled' });
  expect(findRelevantStep([never, stopped, done])).toBe(stopped);
  // A builder that reports no times lists its steps in order.
  expect(findRelevantStep([done, { ...stopped, startedAt: null }, never])?.id).toBe('stopped');
});

test('sorts by the lines of the Dockerfile, in whatever order the builder reports its steps', () => {
  const from = step({ id: 'from', line: 1, status: 'cached' });
  const run = step({ id: 'run', line: 3 });
  const unplaced = step({ id: 'unplaced', line: null });
  expect(summarizeSteps([unplaced, run, from]).instructions).toEqual([from, run, unplaced]);
  expect(findRelevantStep([run, from])).toBe(run);
});

test('measures a step by the engine’s clock, never below zero', () => {
  expect(measureStep(step({ startedAt: 1000, completedAt: 1400 }), 9000)).toBe(400);
  expect(measureStep(step({ startedAt: 1000, status: 'running' }), 3500)).toBe(2500);
  expect(measureStep(step({ startedAt: 5000, status: 'running' }), 3500)).toBe(0);
  expect(measureStep(step({ startedAt: 1000, status: 'cancelled' }), 3500)).toBeNull();
  expect(measureStep(step({}), 3500)).toBeNull();
});
