import { exportFormats } from '#contract/domain/export-formats.ts';
import type { TreemapSize } from '#contract/treemap/layout-treemap.ts';
import { readPalette, type ColorPalette } from './color-palette.ts';

const scale = 2;

/** Paints into the given bounds with the page's colors, and returns the bytes of a PNG. */
export async function paintPng(
  bounds: TreemapSize,
  paint: (context: CanvasRenderingContext2D, palette: ColorPalette) => void
): Promise<Uint8Array<ArrayBuffer>> {
  const canvas = document.createElement('canvas');
  canvas.width = bounds.width * scale;
  canvas.height = bounds.height * scale;
  const context = canvas.getContext('2d');
  const palette = readPalette();
  if (context) {
    context.scale(scale, scale);
    context.fillStyle = palette.color('bg');
    context.fillRect(0, 0, bounds.width, bounds.height);
    paint(context, palette);
  }
  const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, exportFormats.png.mimeType));
  return new Uint8Array(blob ? await blob.arrayBuffer() : new ArrayBuffer(0));
}
