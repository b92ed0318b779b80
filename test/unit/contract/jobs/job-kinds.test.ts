import { describe, expect, test } from 'vitest';
import { jobKindNames, isAwaited } from '#contract/jobs/job-kinds.ts';
import { jobReducers } from '#contract/jobs/job-reducers.ts';
import { jobEventsSchema, jobSnapshotSchema, type AnyJobSnapshot, type JobEnd } from '#contract/schema/job.ts';
import { words } from '#contract/words/words.ts';

const built = { recordId: 'r', imageId: 'sha256:1', tag: 'a:1', durationMs: 1 };
const pushed = { reference: 'a:1', digest: 'sha256:1', nothingSent: false, url: null, durationMs: 1 };
const info = { jobId: 'job-1', projectId: null, startedAt: 1, ended: true, seq: 1 };
const build = { ...info, kind: 'build', state: jobReducers.build.empty() } as const;

describe('a job that ends with the result of another kind', () => {
  test('does not compile', () => {
    const right: JobEnd<'build'> = { kind: 'finished', result: built };
    // @ts-expect-error a build does not end with a push's result
    const wrong: JobEnd<'build'> = { kind: 'finished', result: pushed };
    // @ts-expect-error nor does a build's snapshot contain it
    const snapshot: AnyJobSnapshot = { ...build, end: { kind: 'finished', result: pushed } };
    expect([right, wrong, snapshot.end]).toHaveLength(3);
  });

  test('does not validate', () => {
    const end = { kind: 'finished', result: pushed };
    expect(jobSnapshotSchema.safeParse({ ...build, end: { kind: 'finished', result: built } }).success).toBe(true);
    expect(jobSnapshotSchema.safeParse({ ...build, end }).success).toBe(false);
    const batch = { jobId: 'job-1', events: [{ seq: 1, end }] };
    expect(jobEventsSchema.safeParse({ ...batch, kind: 'push' }).success).toBe(true);
    expect(jobEventsSchema.safeParse({ ...batch, kind: 'build' }).success).toBe(false);
  });
});

test('an event of another kind does not validate', () => {
  const batch = { jobId: 'job-1', events: [{ seq: 1, event: { kind: 'retry', waitSeconds: 1 } }] };
  expect(jobEventsSchema.safeParse({ ...batch, kind: 'push' }).success).toBe(true);
  expect(jobEventsSchema.safeParse({ ...batch, kind: 'transfer' }).success).toBe(false);
});

test.each(jobKindNames)('the snapshot of a new %s validates, is copied, and has its words', (kind) => {
  const { empty, copy } = jobReducers[kind];
  const snapshot = { ...info, kind, state: empty(), end: null };
  expect(jobSnapshotSchema.parse(snapshot)).toEqual(snapshot);
  expect(kind in words.app.jobEnded).toBe(isAwaited(kind));
  const state = empty() as never;
  expect(copy(state)).toEqual(state);
  expect(copy(state)).not.toBe(state);
});
