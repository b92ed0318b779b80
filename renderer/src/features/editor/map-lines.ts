import { diff } from '@codemirror/merge';
import { ChangeSet, Text } from '@codemirror/state';

/** The current position of a line of the built Dockerfile, as character offsets; empty lines have none. */
export interface LineRange {
  readonly builtLine: number;
  readonly from: number;
  readonly to: number;
}

/** Finds the lines of a built text in a text that has been edited since. Deleted lines are omitted. */
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

/** Maps positions through an edit; a deleted range is dropped. */
export function mapRanges(ranges: readonly LineRange[], changes: ChangeSet): LineRange[] {
  return ranges
    .map(({ builtLine, from, to }) => ({ builtLine, from: changes.mapPos(from, 1), to: changes.mapPos(to, -1) }))
    .filter(isNotEmpty);
}

const isNotEmpty = (range: LineRange): boolean => range.from < range.to;
