import { fileKinds } from '#contract/domain/file-kinds.ts';
import type { CellFocus, FileCell } from '#contract/schema/analysis-overview.ts';
import type { ImageAnalysis } from '../describe-analysis.ts';
import { changeKinds } from '../../filetree/file-tree.ts';
import { childrenOf } from '../../filetree/path-trie.ts';
import type { LayerSums } from './layer-sums.ts';
import { pathOfNode, tableNodeOf } from './tree-paths.ts';
import type { Matches } from './search-paths.ts';
import { findMajority } from './find-majority.ts';

export interface CellRequest {
  focus: CellFocus;
  /** As shares of the focus's bytes. */
  minShare: number;
  splitShare: number;
}

/** Max number of cells, whatever the request. */
export const minCellShare = 1 / 8000;
/** The base image's layers as a focus. */
const BASE = -2;

/**
 * The cells of the treemap below a focus: layers (the base image's grouped into one), directories and files, down to
 * the
 * smallest share that can be displayed. Directories that contain only one directory are skipped.
 */
export function buildTreemapCells(
  analysis: ImageAnalysis,
  sums: readonly LayerSums[],
  matches: Matches | null,
  baseLayers: readonly number[],
  { focus, ...request }: CellRequest
): FileCell[] {
  const node = focus.layer < 0 ? 0 : tableNodeOf(analysis, focus.layer, focus.node);
  const sizeIn = (layer: number): number => sums[layer]?.sizeBytes[Math.max(0, node)] ?? 0;
  const layers = focus.layer >= 0 ? [focus.layer] : focus.layer === BASE ? baseLayers : [...sums.keys()];
  const totalBytes = layers.reduce((sum, layer) => sum + sizeIn(layer), 0);
  const minBytes = Math.max(totalBytes * Math.max(request.minShare, minCellShare), 1);
  const builder = new CellBuilder(analysis, sums, matches, { minBytes, splitBytes: totalBytes * request.splitShare });
  if (focus.layer >= 0) builder.addFocus(focus.layer, node);
  else if (focus.layer === BASE) builder.addBase(baseLayers, -1);
  else builder.addImage(baseLayers);
  return builder.cells;
}

class CellBuilder {
  readonly cells: FileCell[] = [];
  readonly #analysis: ImageAnalysis;
  readonly #sums: readonly LayerSums[];
  readonly #matches: Matches | null;
  readonly #bounds: { minBytes: number; splitBytes: number };

  constructor(
    analysis: ImageAnalysis,
    sums: readonly LayerSums[],
    matches: Matches | null,
    bounds: { minBytes: number; splitBytes: number }
  ) {
    this.#analysis = analysis;
    this.#sums = sums;
    this.#matches = matches;
    this.#bounds = bounds;
  }

  addImage(baseLayers: readonly number[]): void {
    const image = this.#push(this.#sumOf('image', -1, this.#sums.keys()));
    const grouped = new Set(baseLayers.length > 1 ? baseLayers : []);
    if (grouped.size > 0) this.addBase(baseLayers, image);
    for (const layer of this.#sums.keys()) if (!grouped.has(layer)) this.#addLayer(layer, image);
  }

  addBase(layers: readonly number[], parent: number): void {
    const base = this.#push(this.#sumOf('base', parent, layers));
    for (const layer of layers) this.#addLayer(layer, base);
  }

  addFocus(layer: number, node: number): void {
    if (node === 0) this.#addLayer(layer, -1);
    else if (node > 0) this.#split(layer, node, this.#push(this.#cell(layer, node, -1)));
  }

  #addLayer(layer: number, parent: number): void {
    if ((this.#sums[layer]?.sizeBytes[0] ?? 0) <= 0) return;
    this.#split(layer, 0, this.#push({ ...this.#cell(layer, 0, parent), kind: 'layer', path: '' }));
  }

  /** Adds the children of a directory: large ones as cells, small ones grouped. */
  #split(layer: number, node: number, parent: number): void {
    const sums = this.#sums[layer];
    if (!sums) return;
    const other = { sizeBytes: 0, hiddenBytes: 0, removableBytes: 0, matchedBytes: 0, fileCount: 0, itemCount: 0 };
    for (const child of childrenOf(sums.children, node)) {
      const sizeBytes = sums.sizeBytes[child] ?? 0;
      if (sizeBytes <= 0) continue;
      if (sizeBytes >= this.#bounds.minBytes) {
        this.#addEntry(layer, child, parent);
        continue;
      }
      other.sizeBytes += sizeBytes;
      other.hiddenBytes += sums.hiddenBytes[child] ?? 0;
      other.removableBytes += sums.removableBytes[child] ?? 0;
      other.matchedBytes += this.#matchedAt(layer, child);
      other.fileCount += sums.fileCount[child] ?? 0;
      other.itemCount += 1;
    }
    if (other.itemCount > 0) this.#push({ ...this.#cell(layer, node, parent), kind: 'other', ...other });
  }

  #addEntry(layer: number, entry: number, parent: number): void {
    const sums = this.#sums[layer];
    if (!sums) return;
    const node = passThrough(sums, entry);
    const isFolder = childrenOf(sums.children, node).length > 0;
    const isSplit = isFolder && (sums.sizeBytes[node] ?? 0) > this.#bounds.splitBytes;
    const cell = this.#cell(layer, node, parent);
    if (isSplit) this.#split(layer, node, this.#push(cell));
    else if (isFolder) this.#push({ ...cell, ...findMajority(sums, node) });
    else this.#push(cell);
  }

  #push(cell: FileCell): number {
    return this.cells.push(cell) - 1;
  }

  #matchedAt(layer: number, node: number): number {
    const { sizeBytes } = this.#sums[layer] ?? {};
    return this.#matches ? (this.#matches.sizeBytes[layer]?.[node] ?? 0) : (sizeBytes?.[node] ?? 0);
  }

  #cell(layer: number, node: number, parent: number): FileCell {
    const sums = this.#sums[layer];
    const { tree, tables } = this.#analysis;
    const table = tables[layer];
    const at = tree.layers[layer]?.mapped[node] ?? 0;
    const isFolder = sums !== undefined && childrenOf(sums.children, node).length > 0;
    return {
      parent,
      kind: isFolder ? 'folder' : 'file',
      layer,
      node: at,
      path: pathOfNode(tree, at),
      sizeBytes: sums?.sizeBytes[node] ?? 0,
      hiddenBytes: sums?.hiddenBytes[node] ?? 0,
      removableBytes: sums?.removableBytes[node] ?? 0,
      matchedBytes: this.#matchedAt(layer, node),
      fileCount: sums?.fileCount[node] ?? 0,
      itemCount: 0,
      change: changeKinds[sums?.change[node] ?? 0] ?? 'unchanged',
      fileKind: fileKinds[sums?.fileKind[node] ?? 0] ?? 'other',
      mtimeSeconds: sums?.mtimeSeconds[node] ?? 0,
      mode: table?.mode[node] ?? 0,
      uid: table?.uid[node] ?? 0,
      gid: table?.gid[node] ?? 0
    };
  }

  #sumOf(kind: 'image' | 'base', parent: number, layers: Iterable<number>): FileCell {
    const cell: FileCell = { ...this.#cell(-1, 0, parent), kind, node: 0, path: '' };
    for (const layer of layers) {
      const sums = this.#sums[layer];
      cell.sizeBytes += sums?.sizeBytes[0] ?? 0;
      cell.hiddenBytes += sums?.hiddenBytes[0] ?? 0;
      cell.removableBytes += sums?.removableBytes[0] ?? 0;
      cell.matchedBytes += this.#matchedAt(layer, 0);
      cell.fileCount += sums?.fileCount[0] ?? 0;
    }
    return cell;
  }
}

/** The first node on the way down with more than one child. */
function passThrough(sums: LayerSums, node: number): number {
  for (let at = node; ;) {
    const size = sums.sizeBytes[at];
    const only = childrenOf(sums.children, at).find((child) => sums.sizeBytes[child] === size);
    if (only === undefined) return at;
    at = only;
  }
}
