import { describe, expect, it } from 'vitest';
import type { Rows } from '#contract/schema/analysis-overview.ts';
import { CallError } from '../../../../../../renderer/src/bridge/call.ts';
import { FilesTreeState } from '../../../../../../renderer/src/features/analysis/files/files-tree-state.svelte.ts';
import type { TreeItem } from '../../../../../../renderer/src/features/analysis/files/tree-items.ts';
import { pageOf, readImage, treeRow } from './fake-files.ts';

const usr = treeRow(1, 'usr', { hasChildren: true });
const lib = treeRow(2, 'lib', { hasChildren: true });
const etc = treeRow(3, 'etc');
const many = Array.from({ length: 2500 }, (_, index) => treeRow(100 + index, `file-${index}`));
const folders = { 0: [usr, etc], 1: [lib], 2: many };

const formatItem = (item: TreeItem): string =>
  `${'  '.repeat(item.depth)}${item.kind === 'row' ? item.row.name : item.kind}`;
const namesOf = (tree: FilesTreeState): string[] => tree.items.map(formatItem);

async function openTree(...image: Parameters<typeof readImage>) {
  const { analysis, inputs } = await readImage(...image);
  const tree = new FilesTreeState(analysis);
  await tree.restart('');
  return { tree, inputs };
}

describe('FilesTreeState', () => {
  it('requests a directory when it is expanded, and only once', async () => {
    const { tree, inputs } = await openTree((input) => pageOf(folders, input));
    expect(namesOf(tree)).toEqual(['usr', 'etc']);
    await tree.openFolder(1);
    expect(namesOf(tree)).toEqual(['usr', '  lib', 'etc']);
    tree.closeFolder(1);
    expect(namesOf(tree)).toEqual(['usr', 'etc']);
    await tree.openFolder(1);
    expect(inputs.map(({ folder }) => folder)).toEqual([0, 1]);
  });

  it('loads a large directory a thousand rows at a time, for any number of requests', async () => {
    const { tree } = await openTree((input) => pageOf({ 0: many }, input));
    expect(tree.items).toHaveLength(1001);
    expect(tree.items.at(-1)).toMatchObject({ kind: 'more', left: 1500 });
    tree.activeKey = tree.items.at(-1)?.key ?? null;
    await Promise.all([tree.showMore(0), tree.showMore(0)]);
    expect(tree.items).toHaveLength(2001);
    expect(tree.activeKey).toBe(tree.items[1000]?.key);
    await tree.showMore(0);
    expect(tree.items).toHaveLength(2500);
    expect(new Set(tree.items.map(({ key }) => key)).size).toBe(2500);
  });

  it('keeps directories expanded when the order changes', async () => {
    const { tree, inputs } = await openTree((input) => pageOf(folders, input));
    await tree.openFolder(1);
    await tree.sortBy('name');
    expect(namesOf(tree)).toEqual(['usr', '  lib', 'etc']);
    expect(inputs.slice(-2).map(({ order }) => order)).toEqual(['name', 'name']);
  });

  it('resets the active row once it is not listed, and keeps it otherwise', async () => {
    const { tree } = await openTree((input) => pageOf(input.query === null ? folders : { 0: [usr] }, input));
    const [first, second] = tree.items.map(({ key }) => key);
    tree.activeKey = first ?? null;
    await tree.search('usr');
    expect(tree.activeKey).toBe(first);
    await tree.search('');
    tree.activeKey = second ?? null;
    await tree.search('usr');
    expect(tree.activeKey).toBeNull();
  });

  it('expands the results of a search, and collapses them afterwards', async () => {
    const small = { ...folders, 2: [treeRow(9, 'a.so')] };
    const { tree } = await openTree((input) =>
      input.query === null
        ? pageOf(small, input)
        : { ...pageOf({ ...small, 0: [usr] }, input), matched: { fileCount: 1, sizeBytes: 7 } }
    );
    await tree.search(' a.so ');
    expect(namesOf(tree)).toEqual(['usr', '  lib', '    a.so']);
    expect(tree.matched).toEqual({ fileCount: 1, sizeBytes: 7 });
    await tree.search('');
    expect(namesOf(tree)).toEqual(['usr', 'etc']);
    expect(tree.matched).toBeNull();
  });

  it('expands the parents of a target, loading rows until it is found', async () => {
    const { tree } = await openTree((input) => pageOf(folders, input), { 2400: [0, 1, 2] });
    expect(await tree.reveal({ layer: -1, node: 2400 })).toBe(true);
    const at = tree.items.findIndex(({ key }) => key === tree.activeKey);
    expect(tree.items[at]).toMatchObject({ depth: 2, row: { node: 2400 } });
  });

  it('switches to the layer with a target that the scope does not include', async () => {
    const { tree } = await openTree((input) =>
      pageOf({ 0: input.scope.kind === 'layer' ? [treeRow(5, 'gone')] : [etc] }, input)
    );
    expect(await tree.reveal({ layer: 1, node: 5 })).toBe(true);
    expect(tree.scope).toEqual({ layer: 1, kind: 'layer' });
    expect(namesOf(tree)).toEqual(['gone']);
  });

  it('clears the filter of changes for a target that it hides', async () => {
    const { tree } = await openTree((input) => pageOf({ 0: input.changes.length > 0 ? [] : [etc] }, input));
    await tree.filterChanges(['modified']);
    expect(await tree.reveal({ layer: -1, node: 3 })).toBe(true);
    expect(tree.changes).toEqual([]);
  });

  it('drops an outdated answer', async () => {
    let answerFirst: (answer: Rows) => void = () => undefined;
    const { tree } = await openTree((input) =>
      input.query === 'slow' ? new Promise((resolve) => (answerFirst = resolve)) : pageOf(folders, input)
    );
    const slow = tree.search('slow');
    await tree.search('');
    answerFirst(pageOf({ 0: [treeRow(8, 'late')] }, { folder: 0, start: 0, limit: 10 } as never));
    await slow;
    expect(namesOf(tree)).toEqual(['usr', 'etc']);
  });

  it('reports a directory that could not be loaded, and retries on request', async () => {
    let isBroken = true;
    const { tree } = await openTree((input) => {
      if (input.folder === 1 && isBroken) throw new CallError({ code: 'internal', detail: 'no' });
      return pageOf(folders, input);
    });
    await tree.openFolder(1);
    expect(namesOf(tree)).toEqual(['usr', '  failed', 'etc']);
    isBroken = false;
    await tree.showMore(1);
    expect(namesOf(tree)).toEqual(['usr', '  lib', 'etc']);
  });
});
