import { fileKinds } from '#contract/domain/file-kinds.ts';
import { kindOf } from '../../filetree/layer-table.ts';
import type { LayerTable } from '../../filetree/layer-table.ts';
import { listChildren } from '../../filetree/path-trie.ts';
import type { ChildLists } from '../../filetree/path-trie.ts';
import type { ImageAnalysis } from '../describe-analysis.ts';
import { fileKindOf, folderKindOf } from './file-kind.ts';

/** Totals per directory of one layer's entries, in columns parallel to the layer's table. */
export interface LayerSums {
  children: ChildLists;
  sizeBytes: Float64Array;
  /** The bytes of these that a later layer hides. */
  hiddenBytes: Float64Array;
  /** The bytes of these that a fix can remove. */
  removableBytes: Float64Array;
  /** Files and links, below the node and itself. */
  fileCount: Int32Array;
  /** The newest time of the node and everything below it. */
  mtimeSeconds: Float64Array;
  /** An index of `changeKinds`, of the node itself. */
  change: Uint8Array;
  /** An index of `fileKinds`, of the node itself. */
  fileKind: Uint8Array;
}

/** The merged image, and what of it is removable. */
type SummedImage = Pick<ImageAnalysis, 'tree' | 'final' | 'removable'>;

const folder = kindOf('folder');
const implied = kindOf('implied');

/** Computes a layer's totals in one pass. */
export function sumLayer({ tree, final, removable }: SummedImage, table: LayerTable, layer: number): LayerSums {
  const marks = removable[layer];
  const count = table.parent.length;
  const changes = tree.layers[layer];
  const mapped = changes?.mapped ?? new Int32Array(count).fill(-1);
  const sums: LayerSums = {
    children: listChildren(table.parent),
    sizeBytes: new Float64Array(count),
    hiddenBytes: new Float64Array(count),
    removableBytes: new Float64Array(count),
    fileCount: new Int32Array(count),
    mtimeSeconds: new Float64Array(count),
    change: new Uint8Array(count),
    fileKind: kindsOf(table)
  };
  changes?.source.forEach((source, index) => {
    if (source >= 0) sums.change[source] = changes.change[index] ?? 0;
  });
  for (let node = count - 1; node > 0; node--) {
    const at = mapped[node] ?? -1;
    // Whiteouts are markers, not files.
    if (at < 0) continue;
    const kind = table.kind[node];
    if (kind !== folder && kind !== implied) {
      const sizeBytes = table.sizeBytes[node] ?? 0;
      add(sums.sizeBytes, node, sizeBytes);
      if (final.layer[at] !== layer) add(sums.hiddenBytes, node, sizeBytes);
      else if (marks?.[node] === 1) add(sums.removableBytes, node, sizeBytes);
      add(sums.fileCount, node, 1);
    }
    raise(sums.mtimeSeconds, node, table.mtimeSeconds[node] ?? 0);
    const parent = table.parent[node] ?? 0;
    const { sizeBytes, hiddenBytes, removableBytes, fileCount } = sums;
    for (const column of [sizeBytes, hiddenBytes, removableBytes, fileCount]) add(column, parent, column[node] ?? 0);
    raise(sums.mtimeSeconds, parent, sums.mtimeSeconds[node] ?? 0);
  }
  return sums;
}

/** Adds to one value of a column. */
export function add(column: Float64Array | Int32Array, at: number, value: number): void {
  column[at] = (column[at] ?? 0) + value;
}

function raise(column: Float64Array, at: number, value: number): void {
  if (value > (column[at] ?? 0)) column[at] = value;
}

/** Children inherit the kind that their directory implies; only names and directories are checked, not every path. */
function kindsOf(table: LayerTable): Uint8Array {
  const count = table.parent.length;
  const kinds = new Uint8Array(count);
  const byName = table.names.map((name) => fileKinds.indexOf(fileKindOf(name)));
  const paths = new Map<number, string>([[0, '']]);
  const ofFolder = new Map<number, number>();
  const kindIn = (parent: number): number => {
    const known = ofFolder.get(parent);
    if (known !== undefined) return known;
    const kind = folderKindOf(pathIn(table, paths, parent));
    const index = kind === null ? -1 : fileKinds.indexOf(kind);
    ofFolder.set(parent, index);
    return index;
  };
  for (let node = 1; node < count; node++) {
    const inherited = kindIn(table.parent[node] ?? 0);
    kinds[node] = inherited >= 0 ? inherited : (byName[table.name[node] ?? 0] ?? 0);
  }
  return kinds;
}

function pathIn(table: LayerTable, known: Map<number, string>, node: number): string {
  const found = known.get(node);
  if (found !== undefined) return found;
  const above = pathIn(table, known, table.parent[node] ?? 0);
  const name = table.names[table.name[node] ?? 0] ?? '';
  const path = above === '' ? name : `${above}/${name}`;
  known.set(node, path);
  return path;
}
