import { describe, expect, it } from 'vitest';
import type { AnyJobEvents, JobInfo } from '#contract/schema/job.ts';
import { AppError, Cancelled } from '#core/util/app-error.ts';
import { JobRunner, type JobWork } from '#core/job/job-runner.ts';

const result = { recordId: 'r', imageId: 'sha256:1', tag: 'a:1', durationMs: 1 };

/** A runner, and its events: those of each job in the order of their arrival. */
function listen() {
  const started: JobInfo[] = [];
  const events: AnyJobEvents['events'][number][] = [];
  let batches = 0;
  let ended: () => void = () => undefined;
  const end = new Promise<void>((resolve) => (ended = resolve));
  const runner = new JobRunner({
    started: (info) => started.push(info),
    events: ({ events: batch }) => {
      batches++;
      events.push(...batch);
      if (batch.some((event) => 'end' in event)) ended();
    }
  });
  return { runner, started, events, end, batches: (): number => batches };
}

const untilAborted = (signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => signal.addEventListener('abort', () => resolve()));

describe('JobRunner', () => {
  it('numbers events without a gap, batches them, and ends once', async () => {
    const { runner, events, end, batches, started } = listen();
    const jobId = runner.start('build', 'p1', ({ emit }) => {
      for (let line = 0; line < 1000; line++) emit({ kind: 'log', stepId: 's', text: `${line}\n` });
      return Promise.resolve(result);
    });
    await end;
    expect(started.map((info) => info.jobId)).toEqual([jobId]);
    expect(events.map(({ seq }) => seq)).toEqual(Array.from({ length: 1001 }, (_, index) => index + 1));
    expect(events.filter((event) => 'end' in event)).toHaveLength(1);
    expect(batches()).toBeLessThan(5);
  });

  it.each<[string, JobWork<'build'>, object]>([
    ['a result', () => Promise.resolve(result), { kind: 'finished', result }],
    [
      'a coded error',
      () => Promise.reject(new AppError('job-unknown', {})),
      { kind: 'failed', error: { code: 'job-unknown' } }
    ],
    [
      'an error nobody expected',
      () => Promise.reject(new TypeError('x is undefined')),
      { kind: 'failed', error: { code: 'internal', detail: 'TypeError: x is undefined' } }
    ]
  ])('ends with %s', async (_name, work, expected) => {
    const { runner, events, end } = listen();
    runner.start('build', null, work);
    await end;
    expect(events.at(-1)).toMatchObject({ end: expected });
  });

  it('ends as cancelled once cancelled, whatever the work throws then', async () => {
    for (const thrown of [new Cancelled(), new Error('socket hang up')]) {
      const { runner, events, end } = listen();
      const jobId = runner.start('build', null, async ({ signal }) => {
        await untilAborted(signal);
        throw thrown;
      });
      runner.cancel(jobId);
      await end;
      expect(events.at(-1)).toMatchObject({ end: { kind: 'cancelled' } });
    }
  });

  it('sends a late window everything: the snapshot up to seq, then the events after it', async () => {
    const { runner, events, end } = listen();
    let continueWork: () => void = () => undefined;
    const paused = new Promise<void>((resolve) => (continueWork = resolve));
    const jobId = runner.start('build', null, async ({ emit }) => {
      emit({ kind: 'log', stepId: 's', text: 'before\n' });
      await paused;
      emit({ kind: 'log', stepId: 's', text: 'after\n' });
      return result;
    });
    const snapshot = runner.attach(jobId);
    expect(snapshot.kind === 'build' && snapshot.state.logs['s']?.lines).toEqual(['before']);
    const { seq } = structuredClone(snapshot);
    continueWork();
    await end;
    const missed = events.filter((event) => event.seq > seq).map((event) => ('end' in event ? 'end' : 'event'));
    expect(missed).toEqual(['event', 'end']);
    expect(runner.attach(jobId).end).toEqual({ kind: 'finished', result });
  });

  it('keeps only the last ended jobs, and throws job-unknown for others', async () => {
    const { runner } = listen();
    const first = runner.start('build', null, () => Promise.resolve(result));
    for (let index = 0; index < 20; index++) runner.start('build', null, () => Promise.resolve(result));
    await runner.close();
    await new Promise((resolve) => setImmediate(resolve));
    expect(runner.list()).toHaveLength(12);
    expect(() => runner.attach(first)).toThrow('job-unknown');
  });

  it('close cancels running jobs and waits for their end', async () => {
    const { runner, events } = listen();
    runner.start('push', null, async ({ signal }) => {
      await untilAborted(signal);
      throw new Cancelled();
    });
    await runner.close();
    expect(events.at(-1)).toMatchObject({ end: { kind: 'cancelled' } });
  });
});
