import { Readable } from 'node:stream';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { ShownChange } from '#contract/schema/comparison.ts';
import { scanStream } from '#core/analysis/scan-image.ts';
import { ComparisonExplorer } from '#core/compare/comparison-explorer.ts';
import { ImageExplorer } from '#core/analysis/explore/image-explorer.ts';
import { defaultRules } from '#core/filetree/check-rules.ts';
import type { LayerSource } from '#core/analysis/read-layer-files.ts';
import { legacyFiles, packFiles } from '../archive/image-archive.ts';
import { makeLinkedImage, type LinkedFiles } from '../archive/linked-image.ts';

const context = { rules: { ...defaultRules, rulesFrom: 'defaults', rulesError: null }, builtFrom: null } as const;
const job = { signal: new AbortController().signal, emit: () => undefined };

/** Images of these layers; those of the n-th were written n hours later. */
async function compare(images: LinkedFiles[][], hours = 1): Promise<ComparisonExplorer> {
  const explorers: ImageExplorer[] = [];
  const sources: LayerSource[] = [];
  for (const [index, layers] of images.entries()) {
    const made = await makeLinkedImage(layers, new Date(index * hours * 3_600_000));
    const archive = await packFiles(legacyFiles(made));
    const open = () => Promise.resolve(Readable.from([archive]));
    const scanned = await scanStream(await open(), { kind: 'archive', name: 'x' }, { signal: job.signal });
    explorers.push(new ImageExplorer(scanned, context));
    sources.push({ kind: 'stream', name: 'x', open });
  }
  return new ComparisonExplorer(explorers, sources);
}

function rowsOf(explorer: ComparisonExplorer, baseline = 0, changes: ShownChange[] = []): Record<string, string[]> {
  const { rows } = explorer.answers.rows({ baseline, folder: 0, changes, start: 0, limit: 100 });
  return Object.fromEntries(rows.map((row) => [row.name, row.changes]));
}

describe('files of the same size', () => {
  test('are compared by content once it was read, for every baseline', async () => {
    const explorer = await compare([
      [{ same: 'abc', other: 'abc', third: 'aaa', grown: 'a', link: { hardLinkTo: 'same' } }],
      [{ same: 'abc', other: 'xyz', third: 'aaa', grown: 'ab', link: { hardLinkTo: 'same' } }],
      [{ same: 'abc', other: 'xyz', third: 'bbb', grown: 'a' }]
    ]);
    expect(explorer.answers.contents({})).toEqual({ pathCount: 4, layerBytes: 31, isRead: false });
    expect(rowsOf(explorer)['same']).toEqual(['same', 'touched', 'touched']);
    await explorer.answers.readContents({}, job);
    expect(explorer.answers.contents({}).isRead).toBe(true);
    expect(rowsOf(explorer)).toEqual({
      grown: ['same', 'grown', 'same'],
      link: ['same', 'same', 'removed'],
      other: ['same', 'content', 'content'],
      third: ['same', 'same', 'content']
    });
    expect(rowsOf(explorer, 2)).toMatchObject({
      other: ['content', 'same', 'same'],
      third: ['content', 'content', 'same']
    });
    expect(Object.keys(rowsOf(explorer, 0, ['content'])).sort()).toEqual(['other', 'third']);
    expect(explorer.answers.overview({ baseline: 0 }).changedCount).toBe(4);
    expect(explorer.report(0)).toMatchObject({ contentsRead: true, packages: null });
  });

  test('differ also if a tool set all times to the same value', async () => {
    const explorer = await compare([[{ a: 'one', b: 'two' }], [{ a: 'one', b: 'owt' }]], 0);
    expect(rowsOf(explorer)).toEqual({});
    await explorer.answers.readContents({}, job);
    expect(rowsOf(explorer)).toEqual({ b: ['same', 'content'] });
  });

  test('need not be read if the layer is shared, or if no two have the same size', async () => {
    const layer = { a: 'one' };
    const shared = await compare([[layer], [layer]], 0);
    expect(shared.answers.contents({})).toEqual({ pathCount: 0, layerBytes: 0, isRead: false });
    await shared.answers.readContents({}, job);
    expect(rowsOf(shared)).toEqual({});
  });

  test('are compared like a direct comparison of their bytes', async () => {
    const name = fc.constantFrom('a', 'b', 'c', 'd');
    const files = fc.dictionary(name, fc.string({ unit: fc.constantFrom('x', 'y'), minLength: 1, maxLength: 3 }), {
      noNullPrototype: true
    });
    await fc.assert(
      fc.asyncProperty(fc.array(files, { minLength: 2, maxLength: 4 }), fc.nat(1), async (images, hours) => {
        const explorer = await compare(
          images.map((each) => [each]),
          hours
        );
        await explorer.answers.readContents({}, job);
        const [base = {}] = images;
        const paths = [...new Set(images.flatMap(Object.keys))];
        const differing = paths.filter((path) => images.some((each) => each[path] !== base[path]));
        expect(Object.keys(rowsOf(explorer)).sort()).toEqual(differing.sort());
      }),
      { numRuns: 40 }
    );
  });
});
