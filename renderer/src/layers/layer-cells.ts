import { toOneLine } from './one-line.ts';
import type { HistoryRow, ImageDetail, LayerOrigin } from '../../../electron/contract/schema/image.ts';

/** One layer as the treemap draws it. */
export interface LayerCell {
  readonly key: string;
  readonly label: string;
  readonly origin: LayerOrigin;
  readonly sizeBytes: number;
  readonly layerIndex: number | null;
  readonly line: number | null;
}

/** An image's history sorted for drawing: what this project made, what the base brought, what has no bytes. */
export interface LayerCells {
  readonly own: readonly LayerCell[];
  readonly base: readonly LayerCell[];
  readonly ownBytes: number;
  readonly baseBytes: number;
  /** Layers without a byte, and rows that made none. */
  readonly emptyCount: number;
}

const sumBytes = (cells: readonly LayerCell[]): number => cells.reduce((sum, cell) => sum + cell.sizeBytes, 0);

/** Takes the rows with bytes out of an image's history, in the order of the file. */
export function toLayerCells(image: Pick<ImageDetail, 'history'>): LayerCells {
  const drawn = image.history.flatMap((row, index) => (row.sizeBytes > 0 ? [{ row, index }] : []));
  const cells = drawn.map(({ row, index }) => toCell(row, index));
  const own = cells.filter((cell) => cell.origin !== 'base');
  const base = cells.filter((cell) => cell.origin === 'base');
  return {
    own,
    base,
    ownBytes: sumBytes(own),
    baseBytes: sumBytes(base),
    emptyCount: image.history.length - drawn.length
  };
}

/** What a cell says of its instruction: a RUN by its command alone, without the flags of RUN itself. */
export function labelInstruction(instruction: string): string {
  return toOneLine(instruction).replace(/^RUN\s+(?:--\S+\s+)*/i, '');
}

function toCell(row: HistoryRow, index: number): LayerCell {
  return {
    key: String(index),
    label: labelInstruction(row.instruction === '' ? row.createdBy : row.instruction),
    origin: row.origin,
    sizeBytes: row.sizeBytes,
    layerIndex: row.layerIndex,
    line: row.line
  };
}
