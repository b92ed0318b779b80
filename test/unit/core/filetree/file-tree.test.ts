import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { buildFileTree } from '#core/filetree/file-tree.ts';
import type { FileTree } from '#core/filetree/file-tree.ts';
import type { LayerTable } from '#core/filetree/layer-table.ts';
import { pathOf } from '#core/filetree/layer-table.ts';
import type { TreeScope } from '#contract/schema/analysis-overview.ts';
import { listRows } from '#core/analysis/explore/list-rows.ts';
import { viewTree } from '#core/filetree/tree-view.ts';
import { layerOf } from './layer-of.ts';

/** Every path of a view with its size and change. */
function listing(tree: FileTree, tables: LayerTable[], scope: TreeScope): Record<string, string> {
  const view = viewTree(tree, tables, scope);
  const found: Record<string, string> = {};
  const visit = (folder: number): void => {
    for (const row of listRows(tree, tables, { view, below: null }, folder, null)) {
      found[pathOf(tree, row.node)] = `${row.change} ${row.sizeBytes}`;
      visit(row.node);
    }
  };
  visit(0);
  return found;
}

/** The files that exist at the end, merged directly with a map of paths. */
function directStack(layers: { path: string; folder: boolean; sizeBytes: number }[][]): Record<string, number> {
  let files = new Map<string, number>();
  for (const layer of layers) {
    const hides = (hidden: string, path: string): boolean => path === hidden || path.startsWith(`${hidden}/`);
    for (const { path } of layer) {
      const at = path.lastIndexOf('/') + 1;
      if (!path.slice(at).startsWith('.wh.')) continue;
      const opaque = path.slice(at) === '.wh..wh..opq';
      const target = opaque ? path.slice(0, Math.max(0, at - 1)) : path.slice(0, at) + path.slice(at + 4);
      const isHidden = (file: string): boolean =>
        opaque ? target === '' || file.startsWith(`${target}/`) : hides(target, file);
      files = new Map([...files].filter(([file]) => !isHidden(file)));
    }
    for (const { path, folder, sizeBytes } of layer) {
      if (path.split('/').some((name) => name.startsWith('.wh.'))) continue;
      const above = path.split('/').map((_, index, all) => all.slice(0, index).join('/'));
      for (const parent of above) if ((files.get(parent) ?? -1) >= 0) files.delete(parent);
      if (!folder) for (const file of files.keys()) if (file.startsWith(`${path}/`)) files.delete(file);
      files.set(path, folder ? -1 : sizeBytes);
    }
  }
  return Object.fromEntries([...files].filter(([, sizeBytes]) => sizeBytes >= 0).sort());
}

describe('merging layers', () => {
  const tables = [
    layerOf([
      { path: 'etc', folder: true },
      { path: 'etc/passwd', sizeBytes: 10 },
      { path: 'var/cache/a', sizeBytes: 100 },
      { path: 'var/cache/b', sizeBytes: 200 }
    ]),
    layerOf([
      { path: 'etc', folder: true, mtimeSeconds: 5 },
      { path: 'etc/passwd', sizeBytes: 12 },
      { path: 'etc/hard', type: 'hard-link', linkTarget: 'etc/passwd' },
      { path: 'var/.wh.cache' },
      { path: 'new', folder: true },
      { path: 'new/.wh..wh..opq' },
      { path: 'new/file', sizeBytes: 1 }
    ])
  ];
  const tree = buildFileTree(tables);

  it('reports what each layer adds, modifies and removes', () => {
    expect(tree.layers.map(({ counts }) => counts)).toEqual([
      {
        added: 4,
        modified: 0,
        removed: 0,
        unchanged: 0,
        addedFiles: 3,
        modifiedFiles: 0,
        removedFiles: 0,
        hiddenBytes: 0
      },
      {
        added: 3,
        modified: 1,
        removed: 1,
        unchanged: 1,
        addedFiles: 2,
        modifiedFiles: 1,
        removedFiles: 2,
        hiddenBytes: 300
      }
    ]);
    expect(listing(tree, tables, { kind: 'layer', layer: 1 })).toEqual({
      etc: 'unchanged 12',
      'etc/passwd': 'modified 12',
      'etc/hard': 'added 0',
      var: 'unchanged 0',
      'var/cache': 'removed 0',
      new: 'added 1',
      'new/file': 'added 1'
    });
  });

  it('shows the merged layers up to a layer, with the sums of its directories', () => {
    expect(listing(tree, tables, { kind: 'merged', layer: 0 })).toMatchObject({
      var: 'unchanged 300',
      etc: 'added 10'
    });
    expect(Object.keys(listing(tree, tables, { kind: 'merged', layer: 1 })).sort()).toEqual(
      ['etc', 'etc/hard', 'etc/passwd', 'new', 'new/file'].sort()
    );
  });

  it('treats a path that is removed and created again in one layer as modified', () => {
    const opaque = [
      layerOf([
        { path: 'd/kept', sizeBytes: 1 },
        { path: 'd/lost', sizeBytes: 2 }
      ]),
      layerOf([{ path: 'd/.wh..wh..opq' }, { path: 'd/kept', sizeBytes: 3 }])
    ];
    expect(buildFileTree(opaque).layers[1]?.counts).toMatchObject({
      added: 0,
      modified: 1,
      removed: 1,
      removedFiles: 1
    });
  });

  it('equals merging file by file', () => {
    const name = fc.constantFrom('a', 'b', 'c', '.wh.a', '.wh.b', '.wh..wh..opq');
    const folders = fc.array(fc.constantFrom('a', 'b', 'c'), { maxLength: 3 });
    const entry = fc.record({
      path: fc.tuple(folders, name).map(([above, leaf]) => [...above, leaf].join('/')),
      folder: fc.boolean(),
      sizeBytes: fc.integer({ min: 0, max: 99 })
    });
    // In one layer a path is either a file or a directory: the result of both would depend on their order.
    const consistent = fc
      .uniqueArray(entry, { maxLength: 6, selector: ({ path }) => path })
      .filter((layer) =>
        layer.every(({ path, folder }) => folder || !layer.some((other) => other.path.startsWith(`${path}/`)))
      );
    fc.assert(
      fc.property(fc.array(consistent, { maxLength: 4 }), (stack) => {
        const made = stack.map(layerOf);
        const merged = buildFileTree(made);
        const view = viewTree(merged, made, { kind: 'merged', layer: stack.length - 1 });
        const found: [string, number][] = [];
        view.source.forEach((source, node) => {
          const table = made[view.layer[node] ?? -1];
          if (table && source >= 0 && table.kind[source] === 1)
            found.push([pathOf(merged, node), view.sizeBytes[node] ?? 0]);
        });
        expect(Object.fromEntries(found.sort())).toEqual(directStack(stack));
      }),
      { numRuns: 2000 }
    );
  });
});
