import { describe, expect, it, vi } from 'vitest';
import { emptyJobSnapshots } from '#contract/jobs/job-reducers.ts';
import type { JobEvent, JobSnapshot } from '#contract/schema/job.ts';
import { CallError } from '../../../../renderer/src/bridge/call.ts';
import { JobState } from '../../../../renderer/src/state/job-state.svelte.ts';
import { applyJobEvents } from '../../../../renderer/src/state/apply-job-events.ts';
import { createTestBridge } from './test-bridge.ts';

const jobId = 'job-1';

/** The job as main holds it: the first `count` of its events taken. */
function snapshotAt(count: number): JobSnapshot {
  const snapshot: JobSnapshot = {
    info: { jobId, kind: 'build', projectId: 'p0000001', startedAt: 1, ended: false },
    seq: 0,
    ...emptyJobSnapshots('build'),
    end: null
  };
  applyJobEvents(snapshot, events.slice(0, count));
  return snapshot;
}

const log = (seq: number, text: string): JobEvent => ({
  seq,
  event: { kind: 'build', build: { kind: 'log', stepId: 's', text } }
});
const events: JobEvent[] = [
  log(1, 'one\n'),
  log(2, 'two\n'),
  log(3, 'three\n'),
  log(4, 'four\n'),
  { seq: 5, event: { kind: 'end', end: { kind: 'cancelled' } } }
];

const linesOf = (job: JobState): string[] | undefined => job.build?.logs['s']?.lines;

describe('JobState', () => {
  it('joins the snapshot and what follows, whatever came twice', async () => {
    const { bridge, broadcast } = createTestBridge({ 'job.attach': () => snapshotAt(2) });
    const job = new JobState(bridge);
    await job.attach(jobId);
    broadcast('job.events', { jobId, events: events.slice(1, 3) });
    broadcast('job.events', { jobId, events: events.slice(3) });
    expect(linesOf(job)).toEqual(['one', 'two', 'three', 'four']);
    expect(job.end).toEqual({ kind: 'cancelled' });
    expect(job.running).toBe(false);
  });

  it('loses no event that comes while the snapshot is on its way', async () => {
    const { bridge, broadcast } = createTestBridge({
      'job.attach': () => {
        const snapshot = snapshotAt(1);
        broadcast('job.events', { jobId, events: events.slice(0, 4) });
        return snapshot;
      }
    });
    const job = new JobState(bridge);
    await job.attach(jobId);
    expect(linesOf(job)).toEqual(['one', 'two', 'three', 'four']);
  });

  it('attaches anew when an event is missing', async () => {
    const known = [1, 4];
    const { bridge, broadcast } = createTestBridge({ 'job.attach': () => snapshotAt(known.shift() ?? 0) });
    const job = new JobState(bridge);
    await job.attach(jobId);
    broadcast('job.events', { jobId, events: [log(4, 'four\n')] });
    await vi.waitFor(() => expect(linesOf(job)).toEqual(['one', 'two', 'three', 'four']));
    expect(job.running).toBe(true);
  });

  it('gives a new object with every batch, so that views see the change', async () => {
    const { bridge, broadcast } = createTestBridge({ 'job.attach': () => snapshotAt(1) });
    const job = new JobState(bridge);
    await job.attach(jobId);
    const before = job.build;
    broadcast('job.events', { jobId, events: [log(2, 'two\n')] });
    expect(job.build).not.toBe(before);
    expect(job.build?.logs['s']).not.toBe(before?.logs['s']);
  });

  it('hears only its own job, and nothing once it is disposed', async () => {
    const { bridge, broadcast, listenerCount } = createTestBridge({ 'job.attach': () => snapshotAt(1) });
    const job = new JobState(bridge);
    await job.attach(jobId);
    broadcast('job.events', { jobId: 'job-2', events: [log(2, 'other\n')] });
    expect(linesOf(job)).toEqual(['one']);
    job.dispose();
    expect(listenerCount()).toBe(0);
  });

  it('says why it could not start, and may then start again', async () => {
    const outcomes = [() => Promise.reject(new CallError({ code: 'engine-none' })), () => ({ jobId })];
    const { bridge } = createTestBridge({
      'build.start': () => outcomes.shift()?.() ?? { jobId },
      'job.attach': () => snapshotAt(1)
    });
    const job = new JobState(bridge);
    const input = {
      projectId: 'p0000001',
      dockerfile: 'Dockerfile',
      options: { tag: 'a', buildArgs: {}, target: null, noCache: false, pull: false }
    };
    await job.startBuild(input);
    expect(job.error).toEqual({ code: 'engine-none' });
    expect(job.running).toBe(false);
    await job.startBuild(input);
    expect(job.error).toBeNull();
    expect(job.running).toBe(true);
  });

  it('is cancelling from the asking to the end', async () => {
    const { bridge, broadcast } = createTestBridge({ 'job.attach': () => snapshotAt(4), 'job.cancel': () => ({}) });
    const job = new JobState(bridge);
    await job.attach(jobId);
    await job.cancel();
    expect(job.cancelling).toBe(true);
    broadcast('job.events', { jobId, events: events.slice(4) });
    expect(job.cancelling).toBe(false);
    expect(job.end?.kind).toBe('cancelled');
  });
});
