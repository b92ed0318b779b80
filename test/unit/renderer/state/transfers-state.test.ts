import { expect, it, vi } from 'vitest';
import { jobReducers } from '#contract/jobs/job-reducers.ts';
import type { JobEnd, JobEvent, JobInfo, JobSnapshot } from '#contract/schema/job.ts';
import { words } from '#contract/words/words.ts';
import { AppState } from '../../../../renderer/src/state/app-state.svelte.ts';
import { TransfersState } from '../../../../renderer/src/state/transfers-state.svelte.ts';
import { createTestBridge } from './test-bridge.ts';

const text = words.images.transfer;
const info = (jobId: string): JobInfo => ({ jobId, kind: 'transfer', projectId: null, startedAt: 1, ended: false });
const snapshot = (jobId: string): JobSnapshot<'transfer'> => ({
  ...info(jobId),
  kind: 'transfer',
  seq: 0,
  state: jobReducers.transfer.empty(),
  end: null
});
const started: JobEvent<'transfer'> = {
  seq: 1,
  event: { kind: 'started', direction: 'save', images: ['x'], file: 'x.tar' }
};

function follow(running: JobInfo[] = []) {
  const fake = createTestBridge({
    'job.list': () => running,
    'job.attach': ({ jobId }) => snapshot(jobId)
  });
  const app = new AppState(fake.bridge);
  const transfers = new TransfersState(fake.bridge, app);
  const unsubscribe = transfers.follow();
  return { ...fake, app, transfers, unsubscribe };
}

it('attaches to running transfers, and ignores builds and ended jobs', async () => {
  const { transfers, unsubscribe, listenerCount } = follow([
    info('job-1'),
    { ...info('job-2'), ended: true },
    { ...info('job-3'), kind: 'build' }
  ]);
  await vi.waitFor(() => expect(transfers.running.map(({ jobId }) => jobId)).toEqual(['job-1']));
  unsubscribe();
  expect(listenerCount()).toBe(0);
});

it.each<[JobEnd<'transfer'>, string, string | undefined]>([
  [
    { kind: 'finished', result: { kind: 'saved', file: 'x.tar', sizeBytes: 5_000_000 } },
    text.saved('x.tar', '5.0 MB'),
    undefined
  ],
  [
    { kind: 'finished', result: { kind: 'loaded', file: 'x.tar', images: ['a:1', 'b:2'] } },
    text.loaded('x.tar'),
    'a:1, b:2'
  ],
  [{ kind: 'cancelled' }, text.cancelled('x.tar'), text.cancelledSave],
  [
    { kind: 'failed', error: { code: 'engine-disk-full' } },
    words.errors['engine-disk-full'].title({ code: 'engine-disk-full' }),
    words.errors['engine-disk-full'].next({ code: 'engine-disk-full' })
  ]
])('reports once how it ended: %j', async (end, title, more) => {
  const { transfers, app, broadcast } = follow();
  broadcast('job.started', info('job-1'));
  await vi.waitFor(() => expect(transfers.running[0]?.job.info).not.toBeNull());
  broadcast('job.events', { jobId: 'job-1', kind: 'transfer', events: [started] });
  broadcast('job.events', { jobId: 'job-1', kind: 'transfer', events: [{ seq: 2, end }] });
  expect(transfers.running).toEqual([]);
  expect(app.notices.map((notice) => [notice.title, notice.text])).toEqual([[title, more]]);
});
