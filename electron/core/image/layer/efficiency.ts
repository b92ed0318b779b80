import { WHITEOUT, WHITEOUT_META, kindOf } from './layer-table.ts';
import type { LayerTable } from './layer-table.ts';
import { PathTrie, childrenOf, listChildren } from './path-trie.ts';
import { compareNames } from './sort-names.ts';
import { StackSizes } from './stack-sizes.ts';

/** A path that more than one layer holds. */
export interface InefficientPath {
  /** With a leading "/"; escaped bytes as in `decodeName`. */
  path: string;
  times: number;
  /** What all layers together hold for it. */
  sizeBytes: number;
  /** Which layers, in order; one that has it twice (removed and made anew) is there twice. */
  layers: number[];
}

export interface Efficiency {
  /** 1 when every path is there once. */
  efficiency: number;
  wastedBytes: number;
  /** The most wasteful first. */
  inefficientPaths: InefficientPath[];
}

const isDiveMeta = (name: string): boolean => name.startsWith(WHITEOUT_META);

/**
 * How much of what the layers hold is still of use, as dive counts it, to the last digit (its filetree/efficiency.go):
 * over all paths the sum of the least size ever seen to the sum of all sizes. Only leaves of each layer's tree count;
 * a removed file counts as zero, a removed folder as all that it hid; a whiteout of what is not there ends the count of
 * its layer. dive stacks all layers anew for every whiteout; here one stack is carried along.
 */
export function measureEfficiency(layers: readonly LayerTable[]): Efficiency {
  const trie = new PathTrie();
  const stack = new StackSizes(trie);
  const seen = new Map<number, { times: number; sizeBytes: number; least: number; layers: number[] }>();
  const count = (node: number, sizeBytes: number, layer: number): void => {
    const data = seen.get(node);
    if (!data) seen.set(node, { times: 1, sizeBytes, least: sizeBytes, layers: [layer] });
    else {
      data.times++;
      data.sizeBytes += sizeBytes;
      data.least = Math.min(data.least, sizeBytes);
      data.layers.push(layer);
    }
  };
  layers.forEach((table, layer) => {
    const placed = trie.place(table, isDiveMeta);
    const order = depthFirst(table, placed);
    // dive starts its stacks with a copy of the first layer, whiteouts and all.
    if (layer === 0)
      for (const { node } of order) stack.put(placed[node] ?? 0, sizeOf(table, node), isFolder(table, node));
    for (const { node, leaf } of order) {
      if (!leaf) continue;
      const at = placed[node] ?? 0;
      const target = whiteoutTarget(trie, at);
      if (target === null) count(at, sizeOf(table, node), layer);
      else {
        const hidden = stack.hiddenBy(target.node);
        if (hidden === null) break;
        count(target.key, hidden, layer);
      }
    }
    for (const { node } of order) {
      const at = placed[node] ?? 0;
      const target = whiteoutTarget(trie, at);
      if (target) stack.remove(target.node);
      else stack.put(at, sizeOf(table, node), isFolder(table, node));
    }
  });
  return summarise(trie, seen);
}

function summarise(
  trie: PathTrie,
  seen: ReadonlyMap<number, { times: number; sizeBytes: number; least: number; layers: number[] }>
): Efficiency {
  let least = 0;
  let all = 0;
  let wastedBytes = 0;
  const inefficientPaths: InefficientPath[] = [];
  for (const [node, data] of seen) {
    least += data.least;
    all += data.sizeBytes;
    if (data.times < 2) continue;
    wastedBytes += data.sizeBytes;
    const { times, sizeBytes, layers } = data;
    inefficientPaths.push({ path: triePath(trie, node), times, sizeBytes, layers });
  }
  inefficientPaths.sort((a, b) => b.sizeBytes - a.sizeBytes || compareNames(a.path, b.path));
  return { efficiency: all === 0 ? 1 : least / all, wastedBytes, inefficientPaths };
}

/** The layer's nodes children first, in the order of their names, which matters only where there are whiteouts. */
function depthFirst(table: LayerTable, placed: Int32Array): { node: number; leaf: boolean }[] {
  const children = listChildren(table.parent);
  const nameOf = (node: number): string => table.names[table.name[node] ?? 0] ?? '';
  const sorted = table.names.some((name) => name.startsWith(WHITEOUT));
  const order: { node: number; leaf: boolean }[] = [];
  const pending: number[] = [0];
  // Parents before children and the last name first, then turned round.
  while (pending.length > 0) {
    const node = pending.pop() ?? 0;
    const below = [...childrenOf(children, node)].filter((child) => (placed[child] ?? -1) >= 0);
    if (node > 0) order.push({ node, leaf: below.length === 0 });
    if (sorted) below.sort((a, b) => compareNames(nameOf(a), nameOf(b)));
    for (const child of below) pending.push(child);
  }
  return order.reverse();
}

/** What a whiteout hides: `key` is the path as it counts, `node` what is looked for (".wh." alone means its folder). */
function whiteoutTarget(trie: PathTrie, at: number): { node: number; key: number } | null {
  const name = trie.names[trie.name[at] ?? 0] ?? '';
  if (!name.startsWith(WHITEOUT)) return null;
  const parent = trie.parent[at] ?? 0;
  const key = trie.child(parent, name.slice(WHITEOUT.length));
  return { key, node: name === WHITEOUT ? parent : key };
}

const folder = kindOf('folder');
const isFolder = (table: LayerTable, node: number): boolean => table.kind[node] === folder;
const sizeOf = (table: LayerTable, node: number): number => table.sizeBytes[node] ?? 0;

function triePath(trie: PathTrie, node: number): string {
  const segments: string[] = [];
  for (let at = node; at > 0; at = trie.parent[at] ?? 0) segments.push(trie.names[trie.name[at] ?? 0] ?? '');
  return `/${segments.reverse().join('/')}`;
}
