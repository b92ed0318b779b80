import { pathChangeSchema, type ComparedRow, type PathChange } from '#contract/schema/comparison.ts';
import type { ImageAnalysis } from '../analysis/describe-analysis.ts';
import { add } from '../analysis/explore/layer-sums.ts';
import { kindOf } from '../filetree/layer-table.ts';
import { PathTrie, childrenOf, listChildren, type ChildLists } from '../filetree/path-trie.ts';
import { compareNames } from '../tar/compare-names.ts';
import { displayName } from '../tar/tar-fields.ts';

export type ImageToCompare = Pick<ImageAnalysis, 'tree' | 'tables' | 'final'> & {
  readonly report: { readonly layers: readonly { readonly diffId: string }[] };
};

/** Whether a file has the same content as the baseline's file of the same size; null while unknown. */
export type HasSameContent = (node: number, image: number) => boolean | null;

/** The merged files of several images, in columns by path. Node 0 is the root. */
export interface FileComparison {
  readonly images: readonly ImageToCompare[];
  readonly baseline: number;
  readonly names: readonly string[];
  readonly name: Int32Array;
  /** The parent directory of each path; -1 for the root. */
  readonly parent: Int32Array;
  readonly children: ChildLists;
  /** For each image the tree's number of each path; -1 if it does not have it. */
  readonly treeNodes: readonly Int32Array[];
  /** For each image the bytes of each file and link; -1 for all other paths. */
  readonly fileSizes: readonly Float64Array[];
  /** For each image the change of each path, an index of `pathChanges`. */
  readonly changes: readonly Uint8Array[];
  readonly differenceBytes: Float64Array;
  readonly changedCount: Int32Array;
}

const pathChanges = pathChangeSchema.options;
const codes = new Map(pathChanges.map((change, code) => [change, code]));
/** The number of a change in the columns. */
export const changeCode = (change: PathChange): number => codes.get(change) ?? 0;
const kinds = { file: kindOf('file'), folder: kindOf('folder'), implied: kindOf('implied') };
const [same, changed, absent] = [changeCode('same'), changeCode('changed'), changeCode('absent')];

/** Compares two to six images with the baseline, one of them, in one pass over their paths. */
export function compareFiles(
  images: readonly ImageToCompare[],
  baseline: number,
  hasSameContent: HasSameContent = () => null
): FileComparison {
  const trie = new PathTrie();
  const mapped = images.map((image) => mapImage(trie, image));
  const count = trie.size;
  const parent = trie.parent;
  // The columns of earlier images lack the paths of later ones.
  const treeNodes = mapped.map((nodes) => {
    const at = new Int32Array(count).fill(-1);
    nodes.forEach((node, treeNode) => {
      if (node >= 0) at[node] = treeNode;
    });
    return at;
  });
  const comparison: FileComparison = {
    images,
    baseline,
    names: trie.names,
    name: trie.name.slice(),
    parent: trie.parent.slice(),
    children: listChildren(parent),
    treeNodes,
    fileSizes: images.map((image, at) => fileSizesOf(image, treeNodes[at] ?? new Int32Array(0))),
    changes: images.map(() => new Uint8Array(count)),
    differenceBytes: new Float64Array(count),
    changedCount: new Int32Array(count)
  };
  sweep(comparison, parent, hasSameContent);
  return comparison;
}

/** Children come after their parents, so going backwards a directory is visited after everything in it. */
function sweep(comparison: FileComparison, parent: Int32Array, hasSameContent: HasSameContent): void {
  const { changes, fileSizes, differenceBytes, changedCount, baseline } = comparison;
  const baseSizes = fileSizes[baseline] ?? new Float64Array(0);
  /** A bit for each image in which the path, or one below it, differs from the baseline. */
  const differing = new Uint8Array(parent.length);
  for (let node = parent.length - 1; node >= 0; node--) {
    const base = baseSizes[node] ?? -1;
    let isFile = base >= 0;
    let difference = 0;
    let bits = differing[node] ?? 0;
    for (const [image, column] of changes.entries()) {
      const change = changeAt(comparison, node, image, hasSameContent);
      if (change !== same && change !== absent) bits |= 1 << image;
      column[node] = change === same && (bits & (1 << image)) !== 0 ? changed : change;
      const mine = fileSizes[image]?.[node] ?? -1;
      if (mine >= 0) isFile = true;
      difference = Math.max(difference, Math.abs(Math.max(0, mine) - Math.max(0, base)));
    }
    if (isFile) {
      add(differenceBytes, node, difference);
      if (bits !== 0) add(changedCount, node, 1);
    }
    const above = parent[node] ?? -1;
    if (above < 0) continue;
    differing[above] = (differing[above] ?? 0) | bits;
    add(differenceBytes, above, differenceBytes[node] ?? 0);
    add(changedCount, above, changedCount[node] ?? 0);
  }
}

/**
 * The children of a directory that differ, largest difference first; `start` and `limit` count rows, and `marks` has 1
 * for
 * each path to include.
 */
export function listDifferences(
  comparison: FileComparison,
  folder: number,
  { start, limit, marks = null }: { start: number; limit: number; marks?: Uint8Array | null }
): { rows: ComparedRow[]; rowCount: number } {
  const { children, names, name, differenceBytes, changes } = comparison;
  const nameOf = (node: number): string => names[name[node] ?? 0] ?? '';
  const differing = [...childrenOf(children, folder)].filter(
    (node) =>
      (marks === null || marks[node] === 1) &&
      changes.some((column) => column[node] !== same && column[node] !== absent)
  );
  differing.sort((a, b) => (differenceBytes[b] ?? 0) - (differenceBytes[a] ?? 0) || compareNames(nameOf(a), nameOf(b)));
  const rows = differing.slice(start, start + limit).map((node): ComparedRow => ({
    node,
    name: displayName(nameOf(node)),
    isFolder:
      childrenOf(children, node).length > 0 || comparison.images.some((_, image) => isFolder(comparison, node, image)),
    sizes: comparison.images.map((_, image) => sizeIn(comparison, node, image)),
    changes: comparison.images.map((_, image) => changeOf(comparison, node, image)),
    differenceBytes: differenceBytes[node] ?? 0,
    changedCount: comparison.changedCount[node] ?? 0
  }));
  return { rows, rowCount: differing.length };
}

/** The bytes of a path in an image, for a directory of everything in it; null if the image does not have it. */
export function sizeIn({ images, treeNodes }: FileComparison, node: number, image: number): number | null {
  const treeNode = treeNodes[image]?.[node] ?? -1;
  return treeNode < 0 ? null : (images[image]?.final.sizeBytes[treeNode] ?? 0);
}

/** The change of a path in an image since the baseline. */
export function changeOf({ changes }: FileComparison, node: number, image: number): PathChange {
  return pathChanges[changes[image]?.[node] ?? 0] ?? 'same';
}

/** The comparison's number of each of an image's paths; -1 for paths that no container sees. */
function mapImage(trie: PathTrie, { tree, final }: ImageToCompare): Int32Array {
  const nodes = new Int32Array(tree.parent.length).fill(-1);
  nodes[0] = 0;
  for (let node = 1; node < nodes.length; node++) {
    if (final.present[node] !== 1) continue;
    const above = nodes[tree.parent[node] ?? 0] ?? -1;
    if (above >= 0) nodes[node] = trie.child(above, tree.names[tree.name[node] ?? 0] ?? '');
  }
  return nodes;
}

function changeAt(
  { images, treeNodes, baseline }: FileComparison,
  node: number,
  image: number,
  hasSameContent: HasSameContent
): number {
  const mine = treeNodes[image]?.[node] ?? -1;
  const base = treeNodes[baseline]?.[node] ?? -1;
  if (mine < 0) return base < 0 ? absent : changeCode('removed');
  if (base < 0) return changeCode('added');
  const [left, right] = [images[baseline], images[image]];
  if (!left || !right || left === right) return same;
  const delta = (right.final.sizeBytes[mine] ?? 0) - (left.final.sizeBytes[base] ?? 0);
  if (delta !== 0) return changeCode(delta > 0 ? 'grown' : 'shrunk');
  const alike = compareEntries(left, base, right, mine);
  const isSameContent = hasSameContent(node, image);
  if (isSameContent === false) return changeCode('content');
  return alike === 'touched' && isSameContent ? same : changeCode(alike);
}

function compareEntries(left: ImageToCompare, leftNode: number, right: ImageToCompare, rightNode: number): PathChange {
  const a = entryOf(left, leftNode);
  const b = entryOf(right, rightNode);
  // An implied directory has no entry to compare.
  if (!a || !b) return 'same';
  // Entries of a shared layer are identical.
  if (a.diffId === b.diffId && a.source === b.source) return 'same';
  const [s, t] = [a.table, b.table];
  const isSame =
    s.kind[a.source] === t.kind[b.source] &&
    s.mode[a.source] === t.mode[b.source] &&
    s.uid[a.source] === t.uid[b.source] &&
    s.gid[a.source] === t.gid[b.source] &&
    s.links[s.link[a.source] ?? -1] === t.links[t.link[b.source] ?? -1];
  if (!isSame) return 'changed';
  const isFile = s.kind[a.source] === kinds.file;
  return isFile && (s.sizeBytes[a.source] ?? 0) > 0 && s.mtimeSeconds[a.source] !== t.mtimeSeconds[b.source]
    ? 'touched'
    : 'same';
}

function entryOf({ tables, final, report }: ImageToCompare, node: number) {
  const layer = final.layer[node] ?? -1;
  const source = final.source[node] ?? -1;
  const table = tables[layer];
  return table && source >= 0 ? { table, source, diffId: report.layers[layer]?.diffId ?? '' } : null;
}

function fileSizesOf({ tables, final }: ImageToCompare, treeNodes: Int32Array): Float64Array {
  const sizes = new Float64Array(treeNodes.length).fill(-1);
  treeNodes.forEach((treeNode, node) => {
    const table = tables[final.layer[treeNode] ?? -1];
    const source = final.source[treeNode] ?? -1;
    if (!table || source < 0) return;
    const kind = table.kind[source];
    if (kind !== kinds.folder && kind !== kinds.implied) sizes[node] = table.sizeBytes[source] ?? 0;
  });
  return sizes;
}

function isFolder({ images, treeNodes }: FileComparison, node: number, image: number): boolean {
  const treeNode = treeNodes[image]?.[node] ?? -1;
  const found = images[image];
  if (!found || treeNode < 0) return false;
  const entry = entryOf(found, treeNode);
  return !entry || entry.table.kind[entry.source] === kinds.folder;
}
