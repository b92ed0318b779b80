import { Readable } from 'node:stream';
import { describe, expect, test } from 'vitest';
import { scanStream } from '#core/analysis/scan-image.ts';
import { ComparisonExplorer } from '#core/compare/comparison-explorer.ts';
import { ImageExplorer } from '#core/analysis/explore/image-explorer.ts';
import { defaultRules } from '#core/filetree/check-rules.ts';
import { legacyFiles, makeImage, packFiles, type Files } from '../archive/image-archive.ts';

async function explore(layers: Files[]): Promise<ImageExplorer> {
  const archive = await packFiles(legacyFiles(await makeImage(layers)));
  const signal = new AbortController().signal;
  const scanned = await scanStream(Readable.from([archive]), { kind: 'archive', name: 'x.tar' }, { signal });
  const rules = { ...defaultRules, rulesFrom: 'defaults', rulesError: null } as const;
  return new ImageExplorer(scanned, { rules, builtFrom: null });
}

const common = { 'lib/common': 'c'.repeat(100) };
const before = await explore([common, { 'a/gone': 'y'.repeat(50), 'b/less': 'z'.repeat(30) }]);
const after = await explore([common, { 'a/new': 'n'.repeat(20), 'b/less': 'z' }]);
const page = { start: 0, limit: 100 };
const names = (explorer: ComparisonExplorer, baseline: number, changes: ('added' | 'removed' | 'shrunk')[]): string[] =>
  explorer.answers.rows({ baseline, folder: 0, changes, ...page }).rows.map(({ name }) => name);

describe('compared images', () => {
  const explorer = new ComparisonExplorer([before, after, before], []);

  test('report their sizes, shared layers and identical images', () => {
    const overview = explorer.answers.overview({ baseline: 0 });
    expect(overview.totals).toEqual({
      sizes: [180, 121, 180],
      deltas: [0, -59, 0],
      togetherBytes: 201,
      sharedByAllBytes: 100
    });
    expect(overview.images.map(({ sameAs }) => sameAs)).toEqual([null, null, 0]);
    expect(overview.layers[0]?.sharedBy).toEqual([0, 1, 2]);
    expect(overview.changedCount).toBe(3);
  });

  test('are compared with another baseline without being read again', () => {
    expect(explorer.answers.overview({ baseline: 1 }).totals.deltas).toEqual([59, 0, 59]);
    const [first] = explorer.answers.rows({ baseline: 1, folder: 0, changes: [], ...page }).rows;
    expect(first).toMatchObject({ name: 'a', sizes: [50, 20, 50], changes: ['grown', 'same', 'grown'] });
  });

  test('list only the filtered changes, with parent directories', () => {
    expect(names(explorer, 0, [])).toEqual(['a', 'b']);
    expect(names(explorer, 0, ['shrunk'])).toEqual(['b']);
    const { rows } = explorer.answers.rows({ baseline: 0, folder: 0, changes: ['added'], ...page });
    expect(rows.map(({ name }) => name)).toEqual(['a']);
    const inside = explorer.answers.rows({ baseline: 0, folder: rows[0]?.node ?? 0, changes: ['added'], ...page });
    expect(inside.rows.map(({ name, sizes }) => [name, sizes])).toEqual([['new', [null, 20, null]]]);
  });

  test('return the cells of one of them, and reject any other image', () => {
    const [root] = explorer.answers.cells({ image: 1, minShare: 0, splitShare: 0 }).cells;
    expect(root).toMatchObject({ kind: 'image', sizeBytes: 121 });
    expect(() => explorer.answers.cells({ image: 3, minShare: 0, splitShare: 0 })).toThrow();
    expect(explorer.answers.rows({ baseline: 0, folder: 1_000_000, changes: [], ...page }).rows).toEqual([]);
  });
});
