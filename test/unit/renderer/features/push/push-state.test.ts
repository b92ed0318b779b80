import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { JobEnd, JobSnapshot } from '#contract/schema/job.ts';
import type { PushEvent, PushLayer } from '#contract/schema/push.ts';
import { jobReducers } from '#contract/jobs/job-reducers.ts';
import { CallError } from '../../../../../renderer/src/bridge/call.ts';
import { PushState } from '../../../../../renderer/src/features/push/push-state.svelte.ts';
import { createTestBridge } from '../../state/test-bridge.ts';

const jobId = 'job-1';
const input = { projectId: 'abcdef0123456789', buildId: null, engineId: null, imageId: 'sha256:1', reference: 'a/x:1' };
const job = (): JobSnapshot<'push'> => ({
  jobId,
  kind: 'push',
  projectId: input.projectId,
  startedAt: 0,
  ended: false,
  seq: 0,
  state: jobReducers.push.empty(),
  end: null
});
const layerSent = (sentBytes: number): PushEvent => ({
  kind: 'layer',
  layer: { id: 'aaaa', state: 'pushing', sentBytes, totalBytes: 1000, label: null } satisfies PushLayer
});

function createPush() {
  let seq = 0;
  const { bridge, broadcast, listenerCount } = createTestBridge({
    'push.start': () => ({ jobId }),
    'job.attach': () => job()
  });
  const push = new PushState(bridge);
  const emit = (event: PushEvent): void =>
    broadcast('job.events', { jobId, kind: 'push', events: [{ seq: (seq += 1), event }] });
  const end = (how: JobEnd<'push'>): void =>
    broadcast('job.events', { jobId, kind: 'push', events: [{ seq: (seq += 1), end: how }] });
  return { push, emit, end, listenerCount };
}

beforeEach(() => void vi.useFakeTimers({ toFake: ['performance'] }));
afterEach(() => void vi.useRealTimers());

describe('PushState', () => {
  it('is in front of the panes from its start on, and runs', async () => {
    const { push } = createPush();
    expect([push.phase, push.isShown]).toEqual(['none', false]);
    await push.start(input);
    expect([push.phase, push.isShown]).toEqual(['running', true]);
  });

  it('reports the bytes sent and their rate, and forgets them at the next start', async () => {
    const { push, emit, end } = createPush();
    await push.start(input);
    expect(push.rate).toBeNull();
    vi.advanceTimersByTime(1000);
    emit(layerSent(300));
    expect(push.totals?.sentBytes).toBe(300);
    expect(push.rate).toBe(300);
    vi.advanceTimersByTime(1000);
    emit(layerSent(800));
    expect(push.rate).toBe(400);
    end({ kind: 'cancelled' });
    await push.start(input);
    expect(push.rate).toBeNull();
  });

  it.each([
    [{ kind: 'cancelled' }, 'cancelled', null],
    [{ kind: 'failed', error: { code: 'engine-lost', engine: 'e' } }, 'failed', { code: 'engine-lost', engine: 'e' }]
  ] as const)('ends as its job does: %j', async (how, phase, error) => {
    const { push, end } = createPush();
    await push.start(input);
    end(how);
    expect([push.phase, push.error]).toEqual([phase, error]);
  });

  it('fails where it cannot be started', async () => {
    const { bridge } = createTestBridge({
      'push.start': () => {
        throw new CallError({ code: 'engine-none' });
      }
    });
    const push = new PushState(bridge);
    await push.start(input);
    expect([push.phase, push.error]).toEqual(['failed', { code: 'engine-none' }]);
  });

  it('takes up a push that was begun before the window was loaded', async () => {
    const { push, emit } = createPush();
    await push.attach(job());
    emit(layerSent(10));
    expect([push.phase, push.isShown, push.totals?.sentBytes]).toEqual(['running', true, 10]);
  });

  it('listens to nothing once it is disposed', () => {
    const { push, listenerCount } = createPush();
    expect(listenerCount()).toBe(2);
    push.dispose();
    expect(listenerCount()).toBe(0);
  });
});
