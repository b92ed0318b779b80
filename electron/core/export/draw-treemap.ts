import { layoutTreemap } from '#contract/treemap/layout-treemap.ts';
import { words } from '#contract/words/words.ts';
import { drawCells, drawLegend, hatching, shorten, type Treemap } from './draw-cells.ts';
import { markup, type Markup } from './markup.ts';
import { lightColors } from './report-colors.ts';

export interface Picture extends Treemap {
  /** The image's title. */
  readonly name: string;
  /** Below the title: its size and number of layers. */
  readonly caption: string;
  readonly description: string;
}

const captionHeight = 34;
const legendHeight = 28;
/** Size of the treemap, in the picture's units. */
export const pictureSize = { width: 1200, height: 720 };

/** Draws the treemap as a self-contained picture: colors of the light theme, hatching for removable and hidden bytes. */
export function drawTreemap(picture: Picture): Markup {
  const { width, height } = pictureSize;
  const totalHeight = captionHeight + height + legendHeight;
  const layout = layoutTreemap(picture.cells, pictureSize);
  return markup`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${totalHeight}" width="${width}" height="${totalHeight}" role="img" aria-labelledby="picture-title picture-description" font-family="Inter, system-ui, sans-serif" font-size="11">
<title id="picture-title">${words.report.pictureTitle(picture.name)}</title>
<desc id="picture-description">${picture.description}</desc>
<defs>${hatching}</defs>
<rect class="paper" width="${width}" height="${totalHeight}" fill="${lightColors.panel}"/>
<svg x="0" y="0" width="${width}" height="${captionHeight}"><text class="ink" x="4" y="22" font-size="15" font-weight="600" fill="${lightColors.text}">${shorten(picture.name, 90)}</text></svg>
<text class="quiet" x="${width - 4}" y="22" text-anchor="end" font-size="12" fill="${lightColors.dim}">${picture.caption}</text>
<svg y="${captionHeight}" width="${width}" height="${height}">
${drawCells(picture, layout)}
</svg>
${drawLegend(captionHeight + height, [picture]).legend}
</svg>
`;
}
