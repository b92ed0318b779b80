import type { FileCell } from '../../../electron/contract/schema/image-files.ts';
import { layOutCells } from '../../../electron/contract/treemap/lay-out-cells.ts';
import { tokenOf, type ColourMode } from './colour-scheme.ts';
import type { LayerFacts } from './layer-facts.ts';
import { labelCell } from './name-cell.ts';
import { paintCells } from './paint-cells.ts';
import { readPalette } from './palette.ts';

const room = { width: 1280, height: 800 };
const scale = 2;

/** The treemap as it is shown, in its colours, as the bytes of a PNG. */
export async function takePicture(
  cells: readonly FileCell[],
  layers: ReadonlyMap<number, LayerFacts>,
  baseName: string,
  { mode, isSearching }: { mode: ColourMode; isSearching: boolean }
): Promise<Uint8Array<ArrayBuffer>> {
  const canvas = document.createElement('canvas');
  canvas.width = room.width * scale;
  canvas.height = room.height * scale;
  const context = canvas.getContext('2d');
  const now = Date.now() / 1000;
  const palette = readPalette();
  if (context) {
    context.scale(scale, scale);
    context.fillStyle = palette.colour('bg');
    context.fillRect(0, 0, room.width, room.height);
    paintCells(context, {
      cells,
      layout: layOutCells(cells, room),
      tokens: cells.map((cell) => tokenOf(cell, layers, mode, now)),
      labelOf: (cell) => labelCell(cell, layers, baseName, cells[0]),
      isSearching,
      palette
    });
  }
  const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, 'image/png'));
  return new Uint8Array(blob ? await blob.arrayBuffer() : new ArrayBuffer(0));
}
