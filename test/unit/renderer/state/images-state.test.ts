import { describe, expect, it, vi } from 'vitest';
import type { CallOutput } from '#contract/ipc/calls.ts';
import { CallError } from '../../../../renderer/src/bridge/call.ts';
import { ImagesState } from '../../../../renderer/src/state/images-state.svelte.ts';
import { createGate } from '../../create-gate.ts';
import { createTestBridge } from './test-bridge.ts';

type List = CallOutput<'image.list'>;

const listOf = (count: number): List =>
  Array.from({ length: count }, (_, index) => ({ id: `id ${index}`, tags: [], sizeBytes: 1, createdAt: 0 }));
const layersOf = ({ ids }: { ids: string[] }): CallOutput<'image.layers'> =>
  ids.map((id) => ({
    id,
    layers: [
      { diffId: 'base', sizeBytes: 10 },
      { diffId: id, sizeBytes: 1 }
    ],
    exact: true
  }));
const connected = (id: string) =>
  ({
    kind: 'connected',
    info: { candidate: { id, name: id, source: 'system', address: '' } }
  }) as unknown as CallOutput<'engine.state'>;

describe('ImagesState', () => {
  it('has the list at once, and the layers in batches after it', async () => {
    const batchSizes: number[] = [];
    const { bridge } = createTestBridge({
      'image.list': () => listOf(1000),
      'image.layers': (input) => {
        expect(images.list).toHaveLength(1000);
        expect(images.allRead).toBe(false);
        batchSizes.push(input.ids.length);
        return layersOf(input);
      }
    });
    const images = new ImagesState(bridge, 'e');
    images.follow();
    await vi.waitFor(() => expect(images.allRead).toBe(true));
    expect(batchSizes).toEqual([32, 64, 128, 256, 256, 256, 8]);
    expect(images.shareOf('id 7')).toEqual({ totalBytes: 11, sharedBytes: 10, uniqueBytes: 1 });
    expect(images.forest.diskBytes).toBe(1010);
  });

  it('requests only new images', async () => {
    const requested: string[][] = [];
    let list = listOf(3);
    const { bridge, broadcast } = createTestBridge({
      'image.list': () => list,
      'image.layers': (input) => {
        requested.push(input.ids);
        return layersOf(input);
      }
    });
    const images = new ImagesState(bridge, 'e');
    images.follow();
    await vi.waitFor(() => expect(images.allRead).toBe(true));
    list = listOf(4).slice(1);
    broadcast('image.changed', {});
    await vi.waitFor(() => expect(images.list).toEqual(list));
    await vi.waitFor(() => expect(images.allRead).toBe(true));
    expect(requested).toEqual([['id 0', 'id 1', 'id 2'], ['id 3']]);
    expect(images.shareOf('id 0')).toBeNull();
    expect(images.forest.diskBytes).toBe(13);
  });

  it('asks once more after a storm of events, not once for each', async () => {
    let lists = 0;
    const gate = createGate();
    const { bridge, broadcast } = createTestBridge({
      'image.list': async () => {
        const count = (lists += 1);
        await gate.passed;
        return listOf(count);
      },
      'image.layers': layersOf
    });
    const images = new ImagesState(bridge, 'e');
    images.follow();
    for (let event = 0; event < 50; event += 1) broadcast('image.changed', {});
    gate.open();
    await vi.waitFor(() => expect(images.list).toHaveLength(2));
    // The layers are read after the last list.
    await vi.waitFor(() => expect(images.allRead).toBe(true));
    expect(lists).toBe(2);
  });

  it('skips removed images, and does not request them forever', async () => {
    const { bridge } = createTestBridge({
      'image.list': () => listOf(3),
      'image.layers': (input) => layersOf(input).slice(1)
    });
    const images = new ImagesState(bridge, 'e');
    images.follow();
    await vi.waitFor(() => expect(images.allRead).toBe(true));
    expect(images.shareOf('id 0')).toBeNull();
  });

  it('keeps the list when the engine is lost, and continues when it is back', async () => {
    let isLost = false;
    const lost = (): never => {
      throw new CallError({ code: 'engine-lost', engine: 'e' });
    };
    const { bridge, broadcast } = createTestBridge({
      'image.list': () => (isLost ? lost() : listOf(500)),
      'image.layers': (input) => (isLost || input.ids.includes('id 400') ? lost() : layersOf(input))
    });
    const images = new ImagesState(bridge, 'e');
    images.follow();
    await vi.waitFor(() => expect(images.readCount).toBe(224));
    isLost = true;
    broadcast('image.changed', {});
    await vi.waitFor(() => expect(images.error).toEqual({ code: 'engine-lost', engine: 'e' }));
    expect(images.list).toHaveLength(500);
    isLost = false;
    broadcast('engine.state', connected('e'));
    await vi.waitFor(() => expect(images.error).toBeNull());
    expect(images.readCount).toBeGreaterThanOrEqual(224);
  });

  it('forgets all of one engine when another is connected, also a list that is on its way', async () => {
    const gates = [createGate(), createGate(), createGate()];
    let lists = 0;
    const { bridge, broadcast } = createTestBridge({
      'image.list': async () => {
        const index = lists++;
        await gates[index]?.passed;
        return listOf(3 - index);
      },
      'image.layers': layersOf
    });
    const images = new ImagesState(bridge, 'e');
    images.follow();
    gates[0]?.open();
    await vi.waitFor(() => expect(images.allRead).toBe(true));
    broadcast('image.changed', {});
    broadcast('engine.state', connected('other'));
    expect(images.list).toBeNull();
    gates[1]?.open();
    await vi.waitFor(() => expect(lists).toBe(3));
    expect(images.list).toBeNull();
    gates[2]?.open();
    await vi.waitFor(() => expect(images.list).toHaveLength(1));
  });

  it('receives no events once it is closed', async () => {
    const { bridge, listenerCount } = createTestBridge({ 'image.list': () => listOf(1), 'image.layers': layersOf });
    const off = new ImagesState(bridge, null).follow();
    off();
    await Promise.resolve();
    expect(listenerCount()).toBe(0);
  });
});
