import { Readable } from 'node:stream';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { FileCell } from '#contract/schema/analysis-overview.ts';
import { cellsSchema, pathDetailSchema, rowsSchema } from '#contract/schema/analysis-overview.ts';
import { scanStream } from '#core/analysis/scan-image.ts';
import { ImageExplorer } from '#core/analysis/explore/image-explorer.ts';
import { defaultRules } from '#core/filetree/check-rules.ts';
import { legacyFiles, makeImage, packFiles, type Files } from '../../archive/image-archive.ts';

async function explore(layers: Files[]): Promise<ImageExplorer> {
  const archive = await packFiles(legacyFiles(await makeImage(layers)));
  const signal = new AbortController().signal;
  const scanned = await scanStream(Readable.from([archive]), { kind: 'archive', name: 'image.tar' }, { signal });
  const rules = { ...defaultRules, rulesFrom: 'defaults', rulesError: null } as const;
  return new ImageExplorer(scanned, { rules, builtFrom: null });
}

const imageFocus = { layer: -1, node: 0 };
const image: Files[] = [
  { 'usr/lib/a.so': 'a'.repeat(6000), 'usr/lib/b.so': 'b'.repeat(3000), 'etc/conf': 'c'.repeat(100) },
  { 'usr/lib/a.so': 'A'.repeat(5000), 'etc/.wh.conf': '', 'srv/only/way/x.txt': 'x'.repeat(900) }
];

const nodeOf = (explorer: ImageExplorer, path: string): number => {
  const { node } = explorer.answers.findPath({ path });
  if (node === null) throw new Error(`no ${path}`);
  return node;
};
const cellsOf = (explorer: ImageExplorer, query: string | null = null, focus = imageFocus): FileCell[] =>
  cellsSchema.parse(explorer.answers.cells({ focus, minShare: 0, splitShare: 0, query })).cells;
const named = (cells: FileCell[], path: string, layer: number): FileCell | undefined =>
  cells.find((cell) => cell.path === path && cell.layer === layer);

describe('the cells of the treemap', () => {
  it('are layers, directories and files, with the bytes that later layers hide', async () => {
    const cells = cellsOf(await explore(image));
    expect(cells[0]).toMatchObject({ kind: 'image', sizeBytes: 15_000, hiddenBytes: 6100, fileCount: 5 });
    expect(named(cells, '/usr/lib/a.so', 0)).toMatchObject({ kind: 'file', hiddenBytes: 6000, change: 'added' });
    expect(named(cells, '/usr/lib/a.so', 1)).toMatchObject({ hiddenBytes: 0, change: 'modified' });
    expect(named(cells, '/etc/conf', 0)).toMatchObject({ hiddenBytes: 100 });
  });

  it('skip directories with a single child', async () => {
    const cells = cellsOf(await explore(image));
    expect(named(cells, '/srv', 1)).toBeUndefined();
    expect(named(cells, '/srv/only/way/x.txt', 1)).toMatchObject({ kind: 'file', sizeBytes: 900 });
  });

  it('group small cells, and do not split cells below the limit', async () => {
    const explorer = await explore([{ ...image[0], 'etc/one': 'x', 'etc/two': 'yy' }]);
    const { cells } = explorer.answers.cells({ focus: imageFocus, minShare: 0.005, splitShare: 0.0001, query: null });
    expect(cells.find(({ kind }) => kind === 'other')).toMatchObject({ itemCount: 2, sizeBytes: 3, path: '/etc' });
    const coarse = explorer.answers.cells({ focus: imageFocus, minShare: 0, splitShare: 1, query: null }).cells;
    expect(coarse.filter(({ parent }) => parent === 1).map(({ path }) => path)).toEqual(['/usr/lib', '/etc']);
  });

  it('add up: a cell is as large as its children', async () => {
    const name = fc.constantFrom('a', 'b', 'c');
    const path = fc.array(name, { minLength: 1, maxLength: 4 }).map((parts) => `${parts.join('/')}/f`);
    const layer = fc.dictionary(
      path,
      fc.integer({ min: 0, max: 40 }).map((size) => 'x'.repeat(size)),
      { minKeys: 1 }
    );
    await fc.assert(
      fc.asyncProperty(
        fc.array(layer, { minLength: 1, maxLength: 3 }),
        fc.double({ min: 0, max: 0.3 }),
        async (layers, least) => {
          const explorer = await explore(layers);
          const { cells } = explorer.answers.cells({
            focus: imageFocus,
            minShare: Number.isNaN(least) ? 0 : least,
            splitShare: 0,
            query: null
          });
          cells.forEach((cell, index) => {
            const inside = cells.filter(({ parent }) => parent === index);
            if (inside.length === 0) return;
            for (const key of ['sizeBytes', 'hiddenBytes', 'fileCount'] as const) {
              // Empty files have no area, so no cell.
              if (key === 'fileCount') continue;
              expect(inside.reduce((sum, one) => sum + one[key], 0)).toBe(cell[key]);
            }
          });
          const storedBytes = layers.reduce((sum, files) => sum + Object.values(files).join('').length, 0);
          expect(cells[0]?.sizeBytes).toBe(storedBytes);
        }
      ),
      { numRuns: 60 }
    );
  });

  it('zoom into a layer and into a directory, with breadcrumbs', async () => {
    const explorer = await explore(image);
    const lib = nodeOf(explorer, '/usr/lib');
    const { cells, crumbs } = explorer.answers.cells({
      focus: { layer: 0, node: lib },
      minShare: 0,
      splitShare: 0,
      query: null
    });
    expect(cells.map(({ path }) => path)).toEqual(['/usr/lib', '/usr/lib/a.so', '/usr/lib/b.so']);
    expect(crumbs.map(({ name }) => name)).toEqual(['', '', 'usr', 'lib']);
    expect(cellsOf(explorer, null, { layer: 1, node: 0 })[0]).toMatchObject({ kind: 'layer', sizeBytes: 5900 });
  });
});

describe('a search', () => {
  it.each([
    ['LIB', 3, 14_000],
    ['*.so', 3, 14_000],
    ['/usr/lib/b', 1, 3000],
    ['lib/a', 2, 11_000],
    ['**/conf', 1, 100],
    ['nowhere', 0, 0]
  ])('%s finds %s files of %s bytes', async (query, fileCount, sizeBytes) => {
    const { matched, cells } = (await explore(image)).answers.cells({
      focus: imageFocus,
      minShare: 0,
      splitShare: 0,
      query
    });
    expect(matched).toEqual({ fileCount, sizeBytes });
    expect(cells[0]?.matchedBytes).toBe(sizeBytes);
  });
});

describe('the rows of a directory', () => {
  const rows = (explorer: ImageExplorer, more: Partial<Parameters<ImageExplorer['answers']['rows']>[0]> = {}) =>
    rowsSchema.parse(
      explorer.answers.rows({
        scope: { kind: 'layer', layer: 1 },
        folder: 0,
        order: 'size',
        changes: [],
        query: null,
        start: 0,
        limit: 10,
        ...more
      })
    );

  it('report what a layer did, and the old size of a removed file', async () => {
    const explorer = await explore(image);
    expect(rows(explorer).rows.map(({ name, sizeBytes }) => [name, sizeBytes])).toEqual([
      ['usr', 5000],
      ['srv', 900],
      ['etc', 0]
    ]);
    const [conf] = rows(explorer, { folder: nodeOf(explorer, '/etc') }).rows;
    expect(conf).toMatchObject({ name: 'conf', change: 'removed', sizeBytes: 100 });
  });

  it('are filtered by changes and search, with parent directories', async () => {
    const explorer = await explore(image);
    expect(rows(explorer, { changes: ['modified'] }).rows.map(({ name }) => name)).toEqual(['usr']);
    expect(rows(explorer, { query: 'x.txt' }).rows.map(({ name }) => name)).toEqual(['srv']);
    const stacked = rows(explorer, { scope: { kind: 'merged', layer: 1 }, order: 'name' });
    expect(stacked.rows.map(({ name }) => name)).toEqual(['srv', 'usr']);
  });

  it('come in pages', async () => {
    const explorer = await explore([
      Object.fromEntries(Array.from({ length: 30 }, (_, at) => [`f${at}`, 'x'.repeat(at)]))
    ]);
    const page = rows(explorer, { scope: { kind: 'layer', layer: 0 }, start: 25 });
    expect([page.rowCount, page.rows.length]).toEqual([30, 5]);
    expect(page.rows.at(-1)?.name).toBe('f0');
  });
});

it('a path lists its versions and the layer that hides it', async () => {
  const explorer = await explore(image);
  const detail = pathDetailSchema.parse(explorer.answers.path({ layer: 0, node: nodeOf(explorer, '/usr/lib/a.so') }));
  expect(detail).toMatchObject({ path: '/usr/lib/a.so', hiddenByLayer: 1, sizeBytes: 6000 });
  expect(detail.versions.map(({ layer, change, sizeBytes }) => [layer, change, sizeBytes])).toEqual([
    [0, 'added', 6000],
    [1, 'modified', 5000]
  ]);
  const conf = explorer.answers.path({ layer: 1, node: nodeOf(explorer, '/etc/conf') });
  expect(conf.versions.map(({ change }) => change)).toEqual(['added', 'removed']);
});
