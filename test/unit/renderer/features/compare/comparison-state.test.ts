import { describe, expect, test } from 'vitest';
import type { ComparisonOverview } from '#contract/schema/comparison.ts';
import type { JobEnd } from '#contract/schema/job.ts';
import { CallError } from '../../../../../renderer/src/bridge/call.ts';
import { comparedFromReference } from '../../../../../renderer/src/features/compare/compared-image.ts';
import { ComparisonState } from '../../../../../renderer/src/features/compare/comparison-state.svelte.ts';
import { createTestBridge } from '../../state/test-bridge.ts';

const missing: JobEnd<'comparison'> = { kind: 'failed', error: { code: 'image-not-found', reference: 'b' } };
const overview = (baseline: number): ComparisonOverview => ({
  images: [],
  layers: [],
  totals: { sizes: [], deltas: [baseline], togetherBytes: 0, sharedByAllBytes: 0 },
  filesBaseline: baseline,
  changedCount: 0,
  changedSettingCount: 0
});

/** A main whose scans end in the order of `ends`; then successfully. They stop at the second image. */
function compareWith(...ends: JobEnd<'comparison'>[]) {
  const read: string[][] = [];
  const closed: string[] = [];
  const lost = new Set<string>();
  const { bridge } = createTestBridge({
    'comparison.start': ({ sources }) => {
      read.push(sources.map((source) => (source.kind === 'engine' ? source.image : source.kind)));
      return { jobId: `job-${read.length}` };
    },
    'job.attach': ({ jobId }) => ({
      jobId,
      kind: 'comparison',
      projectId: null,
      startedAt: 0,
      ended: true,
      seq: 1,
      state: { progress: { image: 1, progress: { phase: 'waiting', readBytes: 0, totalBytes: null } } },
      end: ends[read.length - 1] ?? { kind: 'finished', result: { comparisonId: `comparison-${read.length}` } }
    }),
    'comparison.overview': ({ baseline }) => overview(baseline),
    'comparison.settings': ({ comparisonId }) => {
      if (lost.has(comparisonId)) throw new CallError({ code: 'analysis-unknown' });
      return [];
    },
    'comparison.close': ({ comparisonId }) => {
      closed.push(comparisonId);
      return {};
    }
  });
  return { comparison: new ComparisonState(bridge), read, closed, lost };
}

const images = (...names: string[]) => names.map((name) => comparedFromReference(name, null));

describe('onRead', () => {
  test('is called after each scan and each change of baseline, immediately if already read, until unsubscribed', async () => {
    const { comparison } = compareWith();
    const calls: string[] = [];
    const unsubscribe = comparison.onRead(() => calls.push('early'));
    await comparison.choose(images('a', 'b'));
    expect(calls).toEqual(['early']);
    const end = comparison.onRead(() => calls.push('late'));
    expect(calls).toEqual(['early', 'late']);
    end();
    await comparison.setBaseline(1);
    unsubscribe();
    await comparison.setBaseline(0);
    expect(calls).toEqual(['early', 'late', 'early']);
  });
});

describe('the images that are compared', () => {
  test('are read once there are two, and closed when another one is added', async () => {
    const { comparison, read, closed } = compareWith();
    await comparison.choose(images('a'));
    expect(read).toEqual([]);
    await comparison.add(comparedFromReference('b', null));
    expect(comparison.overview).not.toBeNull();
    await comparison.add(comparedFromReference('c', null));
    expect(read).toEqual([
      ['a', 'b'],
      ['a', 'b', 'c']
    ]);
    expect(closed).toEqual(['comparison-1']);
  });

  test('are at most six', async () => {
    const { comparison, read } = compareWith();
    await comparison.choose(images('a', 'b', 'c', 'd', 'e', 'f', 'g'));
    await comparison.add(comparedFromReference('h', null));
    expect(read).toEqual([['a', 'b', 'c', 'd', 'e', 'f']]);
    expect(comparison.isFull).toBe(true);
  });

  test('are compared with another baseline without being read again', async () => {
    const { comparison, read } = compareWith();
    await comparison.choose(images('a', 'b', 'c'));
    await comparison.setBaseline(2);
    expect([comparison.overview?.totals.deltas, read.length]).toEqual([[2], 1]);
    const [first, , last] = comparison.images;
    await comparison.remove(first?.key ?? '');
    expect(comparison.baseline).toBe(1);
    await comparison.remove(last?.key ?? '');
    expect(comparison.baseline).toBe(0);
    expect(comparison.overview).toBeNull();
  });

  test('report which of them is missing, and continue without it', async () => {
    const { comparison, read } = compareWith(missing);
    await comparison.choose(images('a', 'b', 'c'));
    expect(comparison.error).toEqual({ code: 'image-not-found', reference: 'b' });
    await comparison.remove(comparison.images[comparison.currentIndex]?.key ?? '');
    expect([comparison.error, read.at(-1)]).toEqual([null, ['a', 'c']]);
    expect(comparison.overview).not.toBeNull();
  });

  test('are read again after a canceled scan, and after they were closed', async () => {
    const { comparison, read, lost } = compareWith({ kind: 'cancelled' });
    await comparison.choose(images('a', 'b'));
    expect([comparison.isCancelled, comparison.error]).toEqual([true, null]);
    await comparison.retry();
    expect(comparison.overview).not.toBeNull();
    lost.add('comparison-2');
    expect(await comparison.call('settings', { reveal: false })).toEqual([]);
    expect(read.length).toBe(3);
  });
});
