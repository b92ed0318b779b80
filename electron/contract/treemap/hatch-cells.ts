import type { FileCell } from '../schema/analysis-overview.ts';

/** What hatching means, wherever a treemap is drawn; in the order of the legend. */
export const hatchNames = ['removable', 'hidden'] as const;
export type HatchName = (typeof hatchNames)[number];

/** The look of a hatching: the tokens of its two colors, and which way its stripes lean. */
export interface Hatch {
  readonly fill: `${HatchName}-fill`;
  readonly stripe: `${HatchName}-stripe`;
  readonly lean: 'right' | 'left';
}

/** The two differ in color and in direction. */
export const hatches: Readonly<Record<HatchName, Hatch>> = {
  removable: { fill: 'removable-fill', stripe: 'removable-stripe', lean: 'right' },
  hidden: { fill: 'hidden-fill', stripe: 'hidden-stripe', lean: 'left' }
};

/** A hatched part of a cell, as shares of its height: `from` is the distance of its lower edge from the cell's. */
export interface HatchedPart {
  readonly hatch: HatchName;
  readonly from: number;
  readonly share: number;
}

/** Smaller parts are not visible. */
const minShare = 0.005;

/** The hatched parts of a cell, from its lower edge up: their areas are proportional to their bytes. */
export function hatchCell({ sizeBytes, hiddenBytes = 0, removableBytes = 0 }: HatchedCell): HatchedPart[] {
  if (sizeBytes <= 0) return [];
  const removable = Math.min(1, removableBytes / sizeBytes);
  const hidden = Math.min(1 - removable, hiddenBytes / sizeBytes);
  const parts: HatchedPart[] = [
    { hatch: 'removable', from: 0, share: removable },
    { hatch: 'hidden', from: removable, share: hidden }
  ];
  return parts.filter(({ share }) => share > minShare);
}

/** The fields of a cell that determine its hatching. */
export type HatchedCell = Pick<FileCell, 'sizeBytes'> & Partial<Pick<FileCell, 'hiddenBytes' | 'removableBytes'>>;

/** The hatchings that some cells have, in the order of the legend. */
export function listHatches(cells: readonly HatchedCell[]): HatchName[] {
  return hatchNames.filter((name) => cells.some((cell) => (cell[`${name}Bytes`] ?? 0) > 0));
}
