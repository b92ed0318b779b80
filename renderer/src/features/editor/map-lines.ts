import { diff } from '@codemirror/merge';
import { ChangeSet, Text } from '@codemirror/state';

/** Where a line of the built Dockerfile stands in the text now, as character offsets; empty lines stand nowhere. */
export interface LineRange {
  readonly builtLine: number;
  readonly from: number;
  readonly to: number;
}

/** Finds the lines of a built text again in a text that has been edited since. A line that is gone is left out. */
export function mapLines(builtText: string, text: string, lines: readonly number[]): LineRange[] {
  const built = Text.of(builtText.split('\n'));
  const ranges = lines.flatMap((builtLine) => {
    if (builtLine < 1 || builtLine > built.lines) return [];
    const { from, to } = built.line(builtLine);
    return [{ builtLine, from, to }];
  });
  if (builtText === text) return ranges.filter(isNotEmpty);
  const changes = diff(builtText, text, { scanLimit: 1000, timeout: 50 }).map((change) => ({
    from: change.fromA,
    to: change.toA,
    insert: text.slice(change.fromB, change.toB)
  }));
  return mapRanges(ranges, ChangeSet.of(changes, builtText.length));
}

/** Moves places along with an edit; a place of which nothing is left is dropped. */
export function mapRanges(ranges: readonly LineRange[], changes: ChangeSet): LineRange[] {
  return ranges
    .map(({ builtLine, from, to }) => ({ builtLine, from: changes.mapPos(from, 1), to: changes.mapPos(to, -1) }))
    .filter(isNotEmpty);
}

const isNotEmpty = (range: LineRange): boolean => range.from < range.to;
