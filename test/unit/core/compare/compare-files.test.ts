import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { compareFiles, listDifferences, type FileComparison } from '#core/compare/compare-files.ts';
import { analyze } from './analyze-files.ts';

const page = { start: 0, limit: 2000 };

/** Every file and link that differs, with its change in the last image. */
function leaves(comparison: FileComparison, folder = 0, above = ''): Record<string, string> {
  const found: Record<string, string> = {};
  for (const row of listDifferences(comparison, folder, page).rows) {
    const path = `${above}/${row.name}`;
    if (row.isFolder) Object.assign(found, leaves(comparison, row.node, path));
    else found[path] = row.changes.at(-1) ?? '';
  }
  return found;
}

describe('the files of two images', () => {
  test('are listed with their changes, largest difference first', async () => {
    const before = await analyze([
      { 'a/same': 'x', 'a/gone': 'y'.repeat(50), 'b/less': 'z'.repeat(30), 'c/like': '12' }
    ]);
    const after = await analyze([{ 'a/same': 'x', 'a/new': 'n'.repeat(70), 'b/less': 'z', 'c/like': '12' }]);
    const comparison = compareFiles([before, after], 0);
    expect(listDifferences(comparison, 0, page).rows).toEqual([
      {
        node: 1,
        name: 'a',
        isFolder: true,
        sizes: [51, 71],
        changes: ['same', 'grown'],
        differenceBytes: 120,
        changedCount: 2
      },
      {
        node: 4,
        name: 'b',
        isFolder: true,
        sizes: [30, 1],
        changes: ['same', 'shrunk'],
        differenceBytes: 29,
        changedCount: 1
      }
    ]);
    expect(leaves(comparison)).toEqual({ '/a/gone': 'removed', '/a/new': 'added', '/b/less': 'shrunk' });
  });

  test('of an image compared with itself have no difference', async () => {
    const image = await analyze([{ 'a/b': 'x' }, { 'a/.wh.b': '', c: 'y' }]);
    const comparison = compareFiles([image, image], 0);
    expect(listDifferences(comparison, 0, page)).toEqual({ rows: [], rowCount: 0 });
  });

  test('do not include what a later layer removed', async () => {
    const lean = await analyze([{ keep: 'x' }]);
    const fat = await analyze([{ keep: 'x' }, { big: 'y'.repeat(99) }, { '.wh.big': '' }]);
    expect(leaves(compareFiles([lean, fat], 0))).toEqual({});
  });

  test('of the same size and different times are compared only by content', async () => {
    const [left, right] = [await analyze([{ f: '12' }]), await analyze([{ f: '12' }])];
    right.tables[0]?.mtimeSeconds.fill(77);
    right.report.layers[0] = { ...right.report.layers[0], diffId: 'sha256:other' } as never;
    expect(leaves(compareFiles([left, right], 0))).toEqual({ '/f': 'touched' });
    expect(leaves(compareFiles([left, right], 0, () => true))).toEqual({});
    expect(leaves(compareFiles([left, right], 0, () => false))).toEqual({ '/f': 'content' });
  });

  test('add up to a direct count', async () => {
    const name = fc.constantFrom('a', 'b', 'c/d', 'c/e', 'f/g/h', 'f/i');
    const files = fc.dictionary(name, fc.string({ maxLength: 20 }), { noNullPrototype: true });
    await fc.assert(
      fc.asyncProperty(fc.array(files, { minLength: 2, maxLength: 4 }), async (images) => {
        const analyzed = await Promise.all(images.map((each) => analyze([each])));
        const comparison = compareFiles(analyzed, 0);
        const [base = {}] = images;
        const bytes = (text: string | undefined): number => Buffer.byteLength(text ?? '');
        const paths = [...new Set(images.flatMap(Object.keys))];
        const largest = paths.map((path) =>
          Math.max(...images.map((each) => Math.abs(bytes(each[path]) - bytes(base[path]))))
        );
        expect(comparison.differenceBytes[0]).toBe(largest.reduce((sum, each) => sum + each, 0));
        const differing = paths.filter((path) =>
          images.some((each) => path in each !== path in base || bytes(each[path]) !== bytes(base[path]))
        );
        expect(comparison.changedCount[0]).toBe(differing.length);
      }),
      { numRuns: 60 }
    );
  });
});
