import { describe, expect, it } from 'vitest';
import { applyPushEvent, emptyPushSnapshot, pushTotals } from '#contract/jobs/apply-push-event.ts';
import type { PushLayer } from '#contract/schema/push.ts';

const layer = (id: string, change: Partial<PushLayer> = {}): { kind: 'layer'; layer: PushLayer } => ({
  kind: 'layer',
  layer: { id, state: 'waiting', sentBytes: 0, totalBytes: null, label: null, ...change }
});

describe('applyPushEvent', () => {
  it('keeps the layers in the order in which they were first reported', () => {
    const snapshot = emptyPushSnapshot();
    applyPushEvent(snapshot, {
      kind: 'started',
      reference: 'ghcr.io/ada/flask:1',
      host: 'ghcr.io',
      username: 'ada',
      sizes: 'uncompressed'
    });
    for (const event of [layer('a'), layer('b'), layer('a', { state: 'pushed', sentBytes: 5, totalBytes: 5 })]) {
      applyPushEvent(snapshot, event);
    }
    expect(snapshot).toMatchObject({ reference: 'ghcr.io/ada/flask:1', host: 'ghcr.io', username: 'ada' });
    expect(snapshot.layers.map((each) => [each.id, each.state])).toEqual([
      ['a', 'pushed'],
      ['b', 'waiting']
    ]);
  });

  it('waits for the next try until a layer is reported again', () => {
    const snapshot = emptyPushSnapshot();
    applyPushEvent(snapshot, { kind: 'retry', waitSeconds: 4 });
    expect(snapshot.retrySeconds).toBe(4);
    applyPushEvent(snapshot, layer('a'));
    expect(snapshot.retrySeconds).toBeNull();
  });
});

describe('pushTotals', () => {
  it('counts existing bytes separately from sent ones', () => {
    const snapshot = emptyPushSnapshot();
    applyPushEvent(snapshot, layer('a', { state: 'exists', totalBytes: 100 }));
    applyPushEvent(snapshot, layer('b', { state: 'pushed', sentBytes: 10, totalBytes: 10 }));
    applyPushEvent(snapshot, layer('c', { state: 'pushing', sentBytes: 3, totalBytes: 20 }));
    applyPushEvent(snapshot, layer('d', { state: 'mounted' }));
    expect(pushTotals(snapshot)).toEqual({
      sentBytes: 13,
      toSendBytes: 30,
      existingBytes: 100,
      doneLayers: 3,
      layerCount: 4
    });
  });

  it('has no sum while a size is unknown', () => {
    const snapshot = emptyPushSnapshot();
    applyPushEvent(snapshot, layer('a', { state: 'pushing', sentBytes: 3, totalBytes: 20 }));
    applyPushEvent(snapshot, layer('b'));
    expect(pushTotals(snapshot).toSendBytes).toBeNull();
  });
});
