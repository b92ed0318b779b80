import { OPAQUE, WHITEOUT, WHITEOUT_META, isWhiteout, kindOf } from './layer-table.ts';
import type { LayerTable } from './layer-table.ts';
import { PathTrie, listChildren } from './path-trie.ts';
import type { ChildLists } from './path-trie.ts';
import { MergeState } from './merge-state.ts';

/** What a layer does to a path, relative to the layers below it. In the order of `LayerChanges.change`. */
export const changeKinds = ['unchanged', 'added', 'modified', 'removed'] as const;
export type TreeChangeKind = (typeof changeKinds)[number];

const changeIndex = new Map<TreeChangeKind, number>(changeKinds.map((kind, index) => [kind, index]));
export const changeOf = (kind: TreeChangeKind): number => changeIndex.get(kind) ?? 0;

export interface ChangeCounts {
  /**
   * Entries of the layer, including directories. A directory that exists with the same mode and owner is `unchanged`.
   */
  added: number;
  modified: number;
  /** Topmost removed paths: a removed directory counts once. */
  removed: number;
  unchanged: number;
  /** The same for files and links; removed ones include those inside removed directories. */
  addedFiles: number;
  modifiedFiles: number;
  removedFiles: number;
  /** The size of the removed paths. */
  hiddenBytes: number;
}

/** One layer's entries, in columns: each is a path of the tree and what the layer does to it. */
export interface LayerChanges {
  node: Int32Array;
  /** The entry's index in the layer's table; -1 for a removed path. */
  source: Int32Array;
  /** An index of `changeKinds`. */
  change: Uint8Array;
  /** The path of each node of the layer's table; -1 for a whiteout and the nodes below it. */
  mapped: Int32Array;
  /** All paths that this layer removes before it adds its entries, including those inside removed directories. */
  removedNodes: Int32Array;
  counts: ChangeCounts;
}

/** All paths of all layers of an image, and what each layer does. Plain data. Node 0 is the root. */
export interface FileTree {
  names: string[];
  parent: Int32Array;
  name: Int32Array;
  children: ChildLists;
  layers: LayerChanges[];
}

/**
 * Merges the layers, base first, by the rules of https://github.com/opencontainers/image-spec/blob/main/layer.md:
 * a layer's whiteouts hide what is below, then its entries are added. An opaque marker without anything below (as
 * overlay2 writes it into every new directory) removes nothing.
 */
export function buildFileTree(tables: readonly LayerTable[]): FileTree {
  const trie = new PathTrie();
  const mapped = tables.map((table) => trie.mapTable(table, isWhiteout));
  const children = listChildren(trie.parent);
  const state = new MergeState(trie.parent, children);
  const layers = tables.map((table, index) => mergeLayer(trie, state, table, mapped[index] ?? new Int32Array(0)));
  return {
    names: trie.names,
    parent: trie.parent.slice(),
    name: trie.name.slice(),
    children,
    layers
  };
}

function mergeLayer(trie: PathTrie, state: MergeState, table: LayerTable, mapped: Int32Array): LayerChanges {
  state.startLayer();
  const nameOf = (node: number): string => table.names[table.name[node] ?? 0] ?? '';
  for (let node = 1; node < mapped.length; node++) {
    if (mapped[node] !== -1) continue;
    const folder = mapped[table.parent[node] ?? 0] ?? -1;
    if (folder >= 0) applyMarker(trie, state, folder, nameOf(node));
  }
  const rows = { node: new Int32Array(mapped.length), source: new Int32Array(mapped.length) };
  const rowChanges = new Uint8Array(mapped.length);
  let rowCount = 0;
  const counts = emptyCounts();
  const implied = kindOf('implied');
  const folder = kindOf('folder');
  for (let source = 1; source < mapped.length; source++) {
    const node = mapped[source] ?? -1;
    const kind = table.kind[source] ?? implied;
    if (node < 0 || kind === implied) continue;
    const isFolder = kind === folder;
    const change = state.add(
      node,
      isFolder,
      isFolder ? 0 : (table.sizeBytes[source] ?? 0),
      isFolder ? ownerKey(table, source) : ''
    );
    rows.node[rowCount] = node;
    rows.source[rowCount] = source;
    rowChanges[rowCount++] = changeOf(change);
    counts[change]++;
    if (!isFolder && change === 'added') counts.addedFiles++;
    if (!isFolder && change === 'modified') counts.modifiedFiles++;
  }
  const removed = state.endLayer();
  const change = new Uint8Array(rowCount + removed.tops.length).fill(changeOf('removed'));
  change.set(rowChanges.subarray(0, rowCount));
  counts.removed = removed.tops.length;
  counts.removedFiles = removed.files;
  counts.hiddenBytes = removed.sizeBytes;
  return {
    node: joined(rows.node.subarray(0, rowCount), removed.tops),
    source: joined(rows.source.subarray(0, rowCount), new Int32Array(removed.tops.length).fill(-1)),
    change,
    mapped,
    removedNodes: removed.all,
    counts
  };
}

function joined(first: Int32Array, second: Int32Array): Int32Array {
  const both = new Int32Array(first.length + second.length);
  both.set(first);
  both.set(second, first.length);
  return both;
}

function applyMarker(trie: PathTrie, state: MergeState, folder: number, name: string): void {
  if (name === OPAQUE) state.removeChildren(folder);
  if (name.startsWith(WHITEOUT_META) || name === WHITEOUT) return;
  const hidden = trie.find(folder, name.slice(WHITEOUT.length));
  if (hidden !== undefined) state.remove(hidden);
}

/** Equal for directories that a layer does not change; a different time alone is no change. */
function ownerKey(table: LayerTable, source: number): string {
  return [table.mode[source], table.uid[source], table.gid[source], table.hasXattrs[source]].join(' ');
}

/** Counts of no change at all, to be added to. */
export function emptyCounts(): ChangeCounts {
  return {
    added: 0,
    modified: 0,
    removed: 0,
    unchanged: 0,
    addedFiles: 0,
    modifiedFiles: 0,
    removedFiles: 0,
    hiddenBytes: 0
  };
}
