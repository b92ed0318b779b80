import type { DifferenceCell } from '#contract/schema/difference-cells.ts';
import { words } from '#contract/words/words.ts';
import { formatBytes, formatBytesDelta } from '../../text/format-bytes.ts';
import { shortenPath } from '#contract/format/fit-text.ts';
import type { LegendEntry } from '../treemap/color-scheme.ts';
import type { PartOfCell } from '../treemap/paint-cells.ts';

/** The token of a cell's color: more bytes than the baseline, or fewer. */
export function tokenOfDifference({ moreBytes, fewerBytes }: DifferenceCell): string {
  return moreBytes > fewerBytes ? 'more' : 'fewer';
}

/** The part of a cell that differs in the other direction. */
export function oppositePart({ moreBytes, fewerBytes, sizeBytes }: DifferenceCell): PartOfCell | null {
  const lesser = Math.min(moreBytes, fewerBytes);
  if (lesser <= 0 || sizeBytes <= 0) return null;
  return { token: moreBytes > fewerBytes ? 'fewer-fill' : 'more-fill', share: lesser / sizeBytes };
}

/** "+12.0 MB −3.1 MB": added and removed bytes. */
export function formatDifference({ moreBytes, fewerBytes }: Pick<DifferenceCell, 'moreBytes' | 'fewerBytes'>): string {
  const parts = [moreBytes > 0 ? formatBytesDelta(moreBytes) : '', fewerBytes > 0 ? formatBytesDelta(-fewerBytes) : ''];
  return parts.filter((part) => part !== '').join(' ');
}

/** The legend of a map of differences, with the bytes of each color. */
export function legendOfDifference({
  moreBytes,
  fewerBytes
}: Pick<DifferenceCell, 'moreBytes' | 'fewerBytes'>): LegendEntry[] {
  const { grown, shrunk } = words.compare.map;
  return [
    { token: 'more', label: grown(formatBytes(moreBytes)) },
    { token: 'fewer', label: shrunk(formatBytes(fewerBytes)) }
  ];
}

/** The title of a cell. */
export function nameDifference({ kind, path, itemCount }: DifferenceCell): string {
  if (kind === 'other') return words.layers.smaller(itemCount);
  return path === '' ? words.compare.map.root : path;
}

/** Candidates for a cell's label, longest first: paths relative to the displayed directory. */
export function labelDifference(cell: DifferenceCell, first: DifferenceCell | undefined): readonly string[] {
  if (cell.kind === 'other') return [nameDifference(cell), words.layers.smallerShort(cell.itemCount)];
  const above = first === undefined || first.path === '' ? '' : `${first.path}/`;
  return shortenPath(cell.path.startsWith(above) ? cell.path.slice(above.length) : cell.path);
}

/** The lines of a cell's tooltip below its name: before and after, and the difference. */
export function listDifferenceFacts(cell: DifferenceCell): string[] {
  const { beforeBytes, afterBytes, kind, change, fileCount } = cell;
  const size = (bytes: number | null): string => (bytes === null ? words.compare.map.absent : formatBytes(bytes));
  const details = [formatDifference(cell)];
  if (kind === 'file') details.push(words.compare.files.changes[change]);
  else details.push(words.compare.map.fileCount(fileCount));
  return kind === 'other'
    ? [details.join(' · ')]
    : [words.compare.map.sizes(size(beforeBytes), size(afterBytes)), details.join(' · ')];
}

/** Describes a cell in one sentence, for assistive technology. */
export function describeDifference(cell: DifferenceCell): string {
  return [nameDifference(cell), ...listDifferenceFacts(cell)].join(', ');
}
