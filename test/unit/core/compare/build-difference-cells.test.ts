import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { DifferenceCell } from '#contract/schema/difference-cells.ts';
import { compareFiles } from '#core/compare/compare-files.ts';
import { chainIn, buildDifferenceCells } from '#core/compare/build-difference-cells.ts';
import { sumDifferences } from '#core/compare/sum-differences.ts';
import type { Files } from '../archive/image-archive.ts';
import { analyze } from './analyze-files.ts';

async function gather(before: Files, after: Files, shares = { minShare: 0, splitShare: 0 }, folder = 0) {
  const comparison = compareFiles([await analyze([before]), await analyze([after])], 0);
  const cells = buildDifferenceCells(comparison, sumDifferences(comparison, 1), 1, { folder, ...shares });
  return { comparison, cells };
}

const summarize = ({ kind, path, moreBytes, fewerBytes }: DifferenceCell): unknown[] => [
  kind,
  path,
  moreBytes,
  fewerBytes
];

describe('the cells of a difference', () => {
  test('have paths, direction, before and after; there is none for paths that do not differ', async () => {
    const { cells } = await gather(
      { 'a/same': 'x', 'a/b/gone': 'y'.repeat(50), 'c/less': 'z'.repeat(30) },
      { 'a/same': 'x', 'a/b/new': 'n'.repeat(20), 'c/less': 'z' }
    );
    expect(cells.map(summarize)).toEqual([
      ['folder', '', 20, 79],
      ['folder', '/a/b', 20, 50],
      ['file', '/a/b/gone', 0, 50],
      ['file', '/a/b/new', 20, 0],
      ['file', '/c/less', 0, 29]
    ]);
    expect(cells[4]).toMatchObject({ beforeBytes: 30, afterBytes: 1, change: 'shrunk', parent: 0, sizeBytes: 29 });
    expect(cells[2]).toMatchObject({ beforeBytes: 50, afterBytes: null, change: 'removed', parent: 1 });
  });

  test('group small differences, and start at a directory', async () => {
    const { comparison, cells } = await gather(
      { 'a/big': 'b'.repeat(900), 'a/one': '1', 'a/two': '22' },
      { z: '' },
      { minShare: 0.1, splitShare: 0 }
    );
    expect(cells.map(summarize)).toEqual([
      ['folder', '', 0, 903],
      ['folder', '/a', 0, 903],
      ['file', '/a/big', 0, 900],
      ['other', '/a', 0, 3]
    ]);
    expect(cells[3]).toMatchObject({ itemCount: 2, fileCount: 2, beforeBytes: null });
    const folder = cells[1]?.node ?? 0;
    expect(chainIn(comparison, folder)).toEqual([
      { node: 0, name: '' },
      { node: folder, name: 'a' }
    ]);
  });

  test('are one empty cell if all sizes are equal', async () => {
    const { cells } = await gather({ a: '12' }, { a: '34' });
    expect(cells).toMatchObject([{ sizeBytes: 0, parent: -1 }]);
  });

  test('contain every byte that differs, whatever is grouped', async () => {
    const files = fc.dictionary(
      fc.constantFrom('a/1', 'a/2', 'a/b/1', 'a/b/2', 'c/1', 'c/d/e/1', 'f'),
      fc.string({ maxLength: 40, unit: 'grapheme-ascii' })
    );
    const shares = fc.record({ minShare: fc.double({ min: 0, max: 1, noNaN: true }), splitShare: fc.constant(0) });
    await fc.assert(
      fc.asyncProperty(files, files, shares, async (before, after, requested) => {
        const sizeOf = (of: Files, path: string): number => of[path]?.length ?? 0;
        const paths = [...new Set([...Object.keys(before), ...Object.keys(after)])];
        const totalBytes = paths.reduce((sum, path) => sum + Math.abs(sizeOf(after, path) - sizeOf(before, path)), 0);
        const { cells } = await gather({ x: '', ...before }, { x: '', ...after }, requested);
        const parents = new Set(cells.map(({ parent }) => parent));
        const leaves = cells.filter((_, index) => !parents.has(index));
        expect(leaves.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0)).toBe(totalBytes);
        expect(cells.every((cell) => cell.sizeBytes === cell.moreBytes + cell.fewerBytes)).toBe(true);
      }),
      { numRuns: 60 }
    );
  });
});
