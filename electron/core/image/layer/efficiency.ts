import { WHITEOUT, WHITEOUT_META, kindOf } from './layer-table.ts';
import type { LayerTable } from './layer-table.ts';
import { PathTrie, childrenOf, listChildren } from './path-trie.ts';
import { compareNames } from './sort-names.ts';
import { SeenPaths } from './seen-paths.ts';
import type { Efficiency } from './seen-paths.ts';
import { StackSizes } from './stack-sizes.ts';

const isDiveMeta = (name: string): boolean => name.startsWith(WHITEOUT_META);

/**
 * How much of what the layers hold is still of use, as dive counts it, to the last digit (its filetree/efficiency.go):
 * over all paths the sum of the least size ever seen to the sum of all sizes. Only leaves of each layer's tree count;
 * a removed file counts as zero, a removed folder as all that it hid; a whiteout of what is not there ends the count of
 * its layer. dive stacks all layers anew for every whiteout; here one stack is carried along.
 */
export function measureEfficiency(layers: readonly LayerTable[]): Efficiency {
  const trie = new PathTrie();
  const placed = layers.map((table) => trie.place(table, isDiveMeta));
  const targets = layers.map((_, layer) => whiteoutTargets(trie, placed[layer] ?? new Int32Array(0)));
  const stack = new StackSizes(trie.parent, listChildren(trie.parent));
  const seen = new SeenPaths(trie.size);
  layers.forEach((table, layer) => {
    const at = placed[layer] ?? new Int32Array(0);
    const whiteouts = targets[layer] ?? new Map<number, Whiteout>();
    const { order, leaf } = depthFirst(table, at);
    const put = (node: number): void =>
      stack.put(at[node] ?? 0, table.sizeBytes[node] ?? 0, table.kind[node] === folderKind);
    // dive starts its stacks with a copy of the first layer, whiteouts and all.
    if (layer === 0) for (const node of order) put(node);
    for (const node of order) {
      if (leaf[node] === 0) continue;
      const whiteout = whiteouts.get(node);
      const sizeBytes = whiteout ? stack.hiddenBy(whiteout.node) : (table.sizeBytes[node] ?? 0);
      if (sizeBytes === null) break;
      seen.count(whiteout ? whiteout.key : (at[node] ?? 0), sizeBytes, layer);
    }
    for (const node of order) {
      const whiteout = whiteouts.get(node);
      if (whiteout) stack.remove(whiteout.node);
      else put(node);
    }
  });
  return seen.summarise((node) => triePath(trie, node));
}

const folderKind = kindOf('folder');

/** The layer's nodes children first, in the order of their names, which matters only where there are whiteouts. */
function depthFirst(table: LayerTable, placed: Int32Array): { order: Int32Array; leaf: Uint8Array } {
  const children = listChildren(table.parent);
  const nameOf = (node: number): string => table.names[table.name[node] ?? 0] ?? '';
  const sorted = table.names.some((name) => name.startsWith(WHITEOUT));
  const order = new Int32Array(placed.length);
  const leaf = new Uint8Array(placed.length);
  let count = 0;
  const pending: number[] = [0];
  // Parents before children and the last name first, then turned round.
  for (let node = pending.pop(); node !== undefined; node = pending.pop()) {
    const below = childrenOf(children, node).filter((child) => (placed[child] ?? -1) >= 0);
    if (node > 0) {
      order[count++] = node;
      leaf[node] = below.length === 0 ? 1 : 0;
    }
    if (sorted) below.sort((a, b) => compareNames(nameOf(a), nameOf(b)));
    for (const child of below) pending.push(child);
  }
  return { order: order.subarray(0, count).reverse(), leaf };
}

/** What a whiteout hides: `key` is the path as it counts, `node` what is looked for (".wh." alone means its folder). */
interface Whiteout {
  node: number;
  key: number;
}

/** The whiteouts of a layer, by its nodes. */
function whiteoutTargets(trie: PathTrie, placed: Int32Array): Map<number, Whiteout> {
  const targets = new Map<number, Whiteout>();
  placed.forEach((at, node) => {
    const name = at > 0 ? trie.nameOf(at) : '';
    if (!name.startsWith(WHITEOUT)) return;
    const parent = trie.parentOf(at);
    const key = trie.child(parent, name.slice(WHITEOUT.length));
    targets.set(node, { key, node: name === WHITEOUT ? parent : key });
  });
  return targets;
}

function triePath(trie: PathTrie, node: number): string {
  const segments: string[] = [];
  for (let at = node; at > 0; at = trie.parentOf(at)) segments.push(trie.nameOf(at));
  return `/${segments.reverse().join('/')}`;
}
