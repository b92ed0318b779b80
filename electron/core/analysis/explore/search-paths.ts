import type { MatchTotals } from '#contract/schema/analysis-overview.ts';
import type { FileTree } from '../../filetree/file-tree.ts';
import type { LayerTable } from '../../filetree/layer-table.ts';
import { displayName } from '../../tar/tar-fields.ts';
import type { LayerSums } from './layer-sums.ts';
import { add } from './layer-sums.ts';
import { compileGlob } from './compile-glob.ts';

/** Search results: paths of the tree, including everything below them. */
export interface Matches {
  /** 1 for a match, by the path's number in the tree. */
  found: Uint8Array;
  totals: MatchTotals;
  /** Matching bytes at and below each node of a layer's table, per layer. */
  sizeBytes: Float64Array[];
}

/**
 * Finds paths that contain a text, ignoring case, or match a glob if the query has * or ?: without a slash it is
 * matched against names, with one against full paths (** crosses directories). A match includes everything below it.
 */
export function searchPaths(
  tree: FileTree,
  tables: readonly LayerTable[],
  sums: readonly LayerSums[],
  query: string
): Matches {
  const found = findPaths(tree, query);
  const totals = { fileCount: 0, sizeBytes: 0 };
  const sizeBytes = tables.map((table, layer) => {
    const column = new Float64Array(table.parent.length);
    const mapped = tree.layers[layer]?.mapped ?? new Int32Array(0);
    const children = sums[layer]?.children.start ?? new Int32Array(0);
    for (let node = column.length - 1; node > 0; node--) {
      const at = mapped[node] ?? -1;
      const isLeaf = children[node] === children[node + 1];
      if (at >= 0 && found[at] === 1 && isLeaf) {
        column[node] = sums[layer]?.sizeBytes[node] ?? 0;
        totals.sizeBytes += column[node] ?? 0;
        totals.fileCount += sums[layer]?.fileCount[node] ?? 0;
      }
      add(column, table.parent[node] ?? 0, column[node] ?? 0);
    }
    return column;
  });
  return { found, totals, sizeBytes };
}

function findPaths(tree: FileTree, query: string): Uint8Array {
  const { names, parent, name } = tree;
  const found = new Uint8Array(parent.length);
  const { test, byName } = readQuery(query);
  const fitsName = byName ? names.map((each) => test(displayName(each).toLowerCase())) : [];
  const paths = new Array<string>(byName ? 0 : parent.length).fill('');
  for (let node = 1; node < parent.length; node++) {
    const above = parent[node] ?? 0;
    if (found[above] === 1) {
      found[node] = 1;
      continue;
    }
    const own = name[node] ?? 0;
    if (byName) {
      found[node] = fitsName[own] === true ? 1 : 0;
      continue;
    }
    const path = `${above === 0 ? '' : `${paths[above] ?? ''}/`}${displayName(names[own] ?? '').toLowerCase()}`;
    paths[node] = path;
    found[node] = test(path) ? 1 : 0;
  }
  return found;
}

/** A query without a slash matches names; one that starts with a slash matches paths from the root. */
function readQuery(query: string): { test: (lower: string) => boolean; byName: boolean } {
  const written = query.trim().toLowerCase();
  const pattern = written.replace(/^\/+/, '');
  const byName = !written.includes('/');
  if (/[*?]/.test(pattern)) return { test: compileGlob(pattern.replace(/\/+$/, '')), byName };
  if (written.startsWith('/')) return { test: (path) => path.startsWith(pattern), byName };
  return { test: (text) => text.includes(pattern), byName };
}
