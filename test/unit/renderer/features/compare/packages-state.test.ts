import { describe, expect, test } from 'vitest';
import { jobReducers } from '#contract/jobs/job-reducers.ts';
import type { ComparedPackages, ComparisonOverview } from '#contract/schema/comparison.ts';
import type { JobEnd } from '#contract/schema/job.ts';
import { CallError } from '../../../../../renderer/src/bridge/call.ts';
import { comparedFromReference } from '../../../../../renderer/src/features/compare/compared-image.ts';
import { ComparisonState } from '../../../../../renderer/src/features/compare/comparison-state.svelte.ts';
import { createTestBridge } from '../../state/test-bridge.ts';

const overview: ComparisonOverview = {
  images: [],
  layers: [],
  totals: { sizes: [], deltas: [], togetherBytes: 0, sharedByAllBytes: 0 },
  filesBaseline: 0,
  changedCount: 0,
  changedSettingCount: 0
};
const found: ComparedPackages = { images: [], rows: [], leftOutCount: 0, totals: [], unread: [] };

/** Two compared images, with a main whose further scans end in the order of `ends`; then successfully. */
async function compare(...ends: JobEnd<'comparison'>[]) {
  const requests: string[] = [];
  const lost = new Set<string>();
  const read = new Set<string>();
  let comparisons = 0;
  let readings = 0;
  const start = (what: string) => (input: { comparisonId: string }) => {
    requests.push(`${what} ${input.comparisonId}`);
    const end = ends[readings++] ?? ({ kind: 'finished', result: input } as const);
    if (end.kind === 'finished') read.add(`${what} ${input.comparisonId}`);
    return { jobId: `more-${readings}` };
  };
  const { bridge } = createTestBridge({
    'comparison.start': () => ({ jobId: `read-${++comparisons}` }),
    'job.attach': ({ jobId }) => ({
      jobId,
      kind: 'comparison',
      projectId: null,
      startedAt: 0,
      ended: true,
      seq: 1,
      state: jobReducers.comparison.empty(),
      end:
        (jobId.startsWith('more-') ? ends[Number(jobId.slice(5)) - 1] : null) ??
        ({ kind: 'finished', result: { comparisonId: `comparison-${comparisons}` } } as const)
    }),
    'comparison.overview': () => overview,
    'comparison.close': () => ({}),
    'comparison.packages': ({ comparisonId }) => {
      if (lost.has(comparisonId)) throw new CallError({ code: 'analysis-unknown' });
      return read.has(`packages ${comparisonId}`) ? found : null;
    },
    'comparison.readPackages': start('packages'),
    'comparison.contents': ({ comparisonId }) => {
      return { pathCount: 3, layerBytes: 10, isRead: read.has(`contents ${comparisonId}`) };
    },
    'comparison.readContents': start('contents')
  });
  const comparison = new ComparisonState(bridge);
  await comparison.choose([comparedFromReference('a', null), comparedFromReference('b', null)]);
  return { comparison, requests, lost };
}

describe('packages of compared images', () => {
  test('are read when first displayed, and kept', async () => {
    const { comparison, requests } = await compare();
    expect(requests).toEqual([]);
    await Promise.all([comparison.packages.load(), comparison.packages.load()]);
    await comparison.packages.load();
    expect(requests).toEqual(['packages comparison-1']);
    expect(comparison.packages.packages).toEqual(found);
  });

  test('are not read automatically after an error or a cancellation, only on request', async () => {
    for (const end of [{ kind: 'cancelled' }, { kind: 'failed', error: { code: 'engine-none' } }] as const) {
      const { comparison, requests } = await compare(end);
      const { packages } = comparison;
      await packages.load();
      await packages.load();
      expect([packages.scan.isCancelled, packages.scan.error !== null]).toEqual([
        end.kind === 'cancelled',
        end.kind === 'failed'
      ]);
      expect(requests.length).toBe(1);
      await packages.read();
      expect(packages.packages).toEqual(found);
      expect(packages.scan.error).toBeNull();
    }
  });

  test('are reset when other images are compared', async () => {
    const { comparison, requests } = await compare();
    await comparison.packages.load();
    await comparison.add(comparedFromReference('c', null));
    expect(comparison.packages.packages).toBeNull();
    await comparison.packages.load();
    expect(requests).toEqual(['packages comparison-1', 'packages comparison-2']);
  });

  test('are read of images that are read again, after they were closed', async () => {
    const { comparison, requests, lost } = await compare();
    lost.add('comparison-1');
    await comparison.packages.load();
    await comparison.packages.load();
    expect(requests).toEqual(['packages comparison-2']);
    expect(comparison.packages.packages).toEqual(found);
  });
});

describe('contents of compared images', () => {
  test('are read on request, and everything is reloaded', async () => {
    const { comparison, requests } = await compare();
    await comparison.contents.load();
    expect([requests, comparison.contents.plan?.isRead]).toEqual([[], false]);
    let readCount = 0;
    comparison.onRead(() => (readCount += 1));
    await comparison.contents.read();
    expect([requests, comparison.contents.plan?.isRead]).toEqual([['contents comparison-1'], true]);
    expect(readCount).toBe(2);
  });

  test('are unchanged after a cancellation', async () => {
    const { comparison } = await compare({ kind: 'cancelled' });
    await comparison.contents.load();
    let readCount = 0;
    comparison.onRead(() => (readCount += 1));
    await comparison.contents.read();
    expect([comparison.contents.plan?.isRead, comparison.contents.scan.isCancelled]).toEqual([false, true]);
    expect(readCount).toBe(1);
  });
});
