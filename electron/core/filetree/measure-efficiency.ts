import { CountedPaths } from './counted-paths.ts';
import type { Whiteout } from './counted-paths.ts';
import type { FileTree } from './file-tree.ts';
import { kindOf } from './layer-table.ts';
import type { LayerTable } from './layer-table.ts';
import { listChildren } from './path-trie.ts';
import { compareNames } from '../tar/compare-names.ts';
import { SeenPaths } from './seen-paths.ts';
import type { Efficiency } from './seen-paths.ts';
import { MergedSizes } from './merged-sizes.ts';

/**
 * dive's efficiency, exact to the last digit (its filetree/efficiency.go):
 * the sum over all paths of the smallest size, divided by the sum of all sizes. Only leaves of each layer's tree count;
 * a removed file counts as zero, a removed directory as everything that it hid; a whiteout of a missing path ends the
 * count
 * of its layer. dive merges all layers again for every whiteout; here one merged tree is updated.
 */
export function measureEfficiency(layers: readonly LayerTable[], tree: FileTree): Efficiency {
  const paths = new CountedPaths(tree);
  const mapped = layers.map((table, layer) => paths.mapTable(table, tree.layers[layer]?.mapped ?? new Int32Array(0)));
  const merged = new MergedSizes(paths);
  const seen = new SeenPaths(paths.size);
  mapped.forEach(({ at, whiteouts }, layer) => {
    const table = layers[layer];
    if (table) countLayer({ table, layer, at, whiteouts }, merged, seen);
  });
  return seen.summarize((node) => paths.pathOf(node));
}

interface MappedLayer {
  table: LayerTable;
  layer: number;
  /** The index of each of the table's nodes among the paths of all layers. */
  at: Int32Array;
  whiteouts: Map<number, Whiteout>;
}

function countLayer(mapped: MappedLayer, merged: MergedSizes, seen: SeenPaths): void {
  const { table, layer, at, whiteouts } = mapped;
  const order = isOrderRelevant(mapped, merged) ? depthFirst(table, at) : unordered(at);
  const whiteoutAt = (node: number): Whiteout | undefined => (whiteouts.size > 0 ? whiteouts.get(node) : undefined);
  const put = (node: number): void =>
    merged.put(at[node] ?? 0, table.sizeBytes[node] ?? 0, table.kind[node] === folderKind);
  const hasChildren = new Uint8Array(at.length);
  for (const node of order) hasChildren[table.parent[node] ?? 0] = 1;
  // dive starts with a copy of the first layer, including whiteouts.
  if (layer === 0) for (const node of order) put(node);
  for (const node of order) {
    if (hasChildren[node] === 1) continue;
    const whiteout = whiteoutAt(node);
    const sizeBytes = whiteout ? merged.hiddenBy(whiteout.node) : (table.sizeBytes[node] ?? 0);
    if (sizeBytes === null) break;
    seen.count(whiteout ? whiteout.key : (at[node] ?? 0), sizeBytes, layer);
  }
  for (const node of order) {
    const whiteout = whiteoutAt(node);
    if (whiteout) merged.remove(whiteout.node);
    else put(node);
  }
}

const folderKind = kindOf('folder');

/**
 * Whether the order in which a layer's nodes are counted matters: only if a missing path is
 * removed, or a path that the same layer has.
 */
function isOrderRelevant({ layer, at, whiteouts }: MappedLayer, merged: MergedSizes): boolean {
  if (whiteouts.size === 0) return false;
  const targets = new Set([...whiteouts.values()].map(({ node }) => node));
  return layer === 0 || [...targets].some((node) => !merged.has(node)) || at.some((node) => targets.has(node));
}

/** The layer's nodes in their own order. */
function unordered(mapped: Int32Array): Int32Array {
  const order = new Int32Array(mapped.length);
  let count = 0;
  for (let node = 1; node < mapped.length; node++) if ((mapped[node] ?? -1) >= 0) order[count++] = node;
  return order.subarray(0, count);
}

/** The layer's nodes, children first, sorted by name. */
function depthFirst(table: LayerTable, mapped: Int32Array): Int32Array {
  const children = listChildren(table.parent);
  const nameOf = (node: number): string => table.names[table.name[node] ?? 0] ?? '';
  const order = new Int32Array(mapped.length);
  let count = 0;
  const pending: number[] = [0];
  // Parents before children in descending order, then reversed.
  for (let node = pending.pop(); node !== undefined; node = pending.pop()) {
    if (node > 0) order[count++] = node;
    if (children.start[node] === children.start[node + 1]) continue;
    const below: number[] = [];
    for (let at = children.start[node] ?? 0; at < (children.start[node + 1] ?? 0); at++) {
      const child = children.list[at] ?? 0;
      if ((mapped[child] ?? -1) >= 0) below.push(child);
    }
    if (below.length > 1) below.sort((a, b) => compareNames(nameOf(a), nameOf(b)));
    for (const child of below) pending.push(child);
  }
  return order.subarray(0, count).reverse();
}
