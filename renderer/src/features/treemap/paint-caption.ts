import { fitText } from '#contract/format/fit-text.ts';
import type { HatchName } from '#contract/treemap/hatch-cells.ts';
import { words } from '#contract/words/words.ts';
import type { ColorPalette } from './color-palette.ts';
import type { LegendEntry } from './color-scheme.ts';
import { createPatterns } from './paint-cells.ts';

/** Height of a picture's title and of its legend, in CSS pixels. */
export const titleHeight = 36;
export const legendHeight = 30;

interface Line {
  readonly left: number;
  readonly top: number;
  readonly width: number;
}

/** What a picture's legend explains, besides colors. */
export interface Legend {
  readonly entries: readonly LegendEntry[];
  readonly hatched: readonly HatchName[];
  /** Whether layers are framed because another image has them too. */
  readonly hasShared?: boolean;
}

/** Paints a picture's title: a name on the left, and numbers on the right. */
export function paintTitle(
  context: CanvasRenderingContext2D,
  palette: ColorPalette,
  { name, caption }: { name: string; caption: string },
  { left, top, width }: Line
): void {
  const measure = (text: string): number => context.measureText(text).width;
  context.font = `400 13px ${palette.words}`;
  const captionWidth = measure(caption);
  context.fillStyle = palette.color('dim');
  context.fillText(caption, left + width - captionWidth, top + 22);
  context.font = `600 15px ${palette.words}`;
  context.fillStyle = palette.color('text');
  context.fillText(fitText(name, width - captionWidth - 24, measure), left, top + 22);
}

/** Paints the legend of a picture in one line: its colors, its hatchings, and the frame of shared layers. */
export function paintLegend(
  context: CanvasRenderingContext2D,
  palette: ColorPalette,
  { entries, hatched, hasShared = false }: Legend,
  { left, top }: Line
): void {
  const patterns = createPatterns(context, palette);
  let x = left;
  const paintEntry = (label: string, paintSample: (x: number, y: number) => void): void => {
    paintSample(x, top + 9);
    context.font = `400 12px ${palette.words}`;
    context.fillStyle = palette.color('dim');
    context.fillText(label, x + 20, top + 20);
    x += 20 + context.measureText(label).width + 18;
  };
  const fill = (style: CanvasPattern | string) => (sampleX: number, sampleY: number) => {
    context.fillStyle = style;
    context.fillRect(sampleX, sampleY, 14, 14);
  };
  for (const { token, label } of entries) paintEntry(label, fill(palette.color(`${token}-fill`)));
  for (const name of hatched) paintEntry(words.layers.hatches[name], fill(patterns.get(name) ?? ''));
  if (hasShared) {
    paintEntry(words.compare.report.sharedLayer, (sampleX, sampleY) => {
      context.save();
      context.strokeStyle = palette.color('accent');
      context.lineWidth = 1.5;
      context.setLineDash([4, 3]);
      context.strokeRect(sampleX + 1, sampleY + 1, 12, 12);
      context.restore();
    });
  }
}
