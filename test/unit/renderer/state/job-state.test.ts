import { describe, expect, it, vi } from 'vitest';
import { jobReducers } from '#contract/jobs/job-reducers.ts';
import type { JobEvent, JobSnapshot } from '#contract/schema/job.ts';
import { call, CallError } from '../../../../renderer/src/bridge/call.ts';
import { JobState } from '../../../../renderer/src/state/job-state.svelte.ts';
import { applyJobEvents } from '../../../../renderer/src/state/apply-job-events.ts';
import { createTestBridge } from './test-bridge.ts';

const jobId = 'job-1';

/** The job as main stores it, after the first `count` of its events. */
function snapshotAt(count: number): JobSnapshot<'build'> {
  const snapshot: JobSnapshot<'build'> = {
    jobId,
    kind: 'build',
    projectId: 'p0000001',
    startedAt: 1,
    ended: false,
    seq: 0,
    state: jobReducers.build.empty(),
    end: null
  };
  applyJobEvents(snapshot, events.slice(0, count));
  return snapshot;
}

const log = (seq: number, text: string): JobEvent<'build'> => ({
  seq,
  event: { kind: 'log', stepId: 's', text }
});
const events: JobEvent<'build'>[] = [
  log(1, 'one\n'),
  log(2, 'two\n'),
  log(3, 'three\n'),
  log(4, 'four\n'),
  { seq: 5, end: { kind: 'cancelled' } }
];

const linesOf = (job: JobState<'build'>): string[] | undefined => job.snapshot?.logs['s']?.lines;

describe('JobState', () => {
  it('combines the snapshot and later events, ignoring duplicates', async () => {
    const { bridge, broadcast } = createTestBridge({ 'job.attach': () => snapshotAt(2) });
    const job = new JobState(bridge, 'build');
    await job.attach(jobId);
    broadcast('job.events', { jobId, kind: 'build', events: events.slice(1, 3) });
    broadcast('job.events', { jobId, kind: 'build', events: events.slice(3) });
    expect(linesOf(job)).toEqual(['one', 'two', 'three', 'four']);
    expect(job.end).toEqual({ kind: 'cancelled' });
    expect(job.running).toBe(false);
  });

  it('loses no event that arrives while the snapshot is pending', async () => {
    const { bridge, broadcast } = createTestBridge({
      'job.attach': () => {
        const snapshot = snapshotAt(1);
        broadcast('job.events', { jobId, kind: 'build', events: events.slice(0, 4) });
        return snapshot;
      }
    });
    const job = new JobState(bridge, 'build');
    await job.attach(jobId);
    expect(linesOf(job)).toEqual(['one', 'two', 'three', 'four']);
  });

  it('attaches again when an event is missing', async () => {
    const known = [1, 4];
    const { bridge, broadcast } = createTestBridge({ 'job.attach': () => snapshotAt(known.shift() ?? 0) });
    const job = new JobState(bridge, 'build');
    await job.attach(jobId);
    broadcast('job.events', { jobId, kind: 'build', events: [log(4, 'four\n')] });
    await vi.waitFor(() => expect(linesOf(job)).toEqual(['one', 'two', 'three', 'four']));
    expect(job.running).toBe(true);
  });

  it('creates a new object with every batch, so that views see the change', async () => {
    const { bridge, broadcast } = createTestBridge({ 'job.attach': () => snapshotAt(1) });
    const job = new JobState(bridge, 'build');
    await job.attach(jobId);
    const before = job.snapshot;
    broadcast('job.events', { jobId, kind: 'build', events: [log(2, 'two\n')] });
    expect(job.snapshot).not.toBe(before);
    expect(job.snapshot?.logs['s']).not.toBe(before?.logs['s']);
  });

  it("receives only its own job's events, and none once it is disposed", async () => {
    const { bridge, broadcast, listenerCount } = createTestBridge({ 'job.attach': () => snapshotAt(1) });
    const job = new JobState(bridge, 'build');
    await job.attach(jobId);
    broadcast('job.events', { jobId: 'job-2', kind: 'build', events: [log(2, 'other\n')] });
    expect(linesOf(job)).toEqual(['one']);
    job.dispose();
    expect(listenerCount()).toBe(0);
  });

  it('reports why it could not start, and may then start again', async () => {
    const outcomes = [() => Promise.reject(new CallError({ code: 'engine-none' })), () => ({ jobId })];
    const { bridge } = createTestBridge({
      'build.start': () => outcomes.shift()?.() ?? { jobId },
      'job.attach': () => snapshotAt(1)
    });
    const job = new JobState(bridge, 'build');
    const input = {
      projectId: 'p0000001',
      dockerfile: 'Dockerfile',
      options: { tag: 'a', buildArgs: {}, target: null, noCache: false, pull: false }
    };
    const start = () => call(bridge, 'build.start', input);
    await job.start(start);
    expect(job.error).toEqual({ code: 'engine-none' });
    expect(job.running).toBe(false);
    await job.start(start);
    expect(job.error).toBeNull();
    expect(job.running).toBe(true);
  });

  it('is canceling from the request until the end', async () => {
    const { bridge, broadcast } = createTestBridge({ 'job.attach': () => snapshotAt(4), 'job.cancel': () => ({}) });
    const job = new JobState(bridge, 'build');
    await job.attach(jobId);
    await job.cancel();
    expect(job.cancelling).toBe(true);
    broadcast('job.events', { jobId, kind: 'build', events: events.slice(4) });
    expect(job.cancelling).toBe(false);
    expect(job.end?.kind).toBe('cancelled');
  });
});
