/** Pairs of changed lines beyond which they are compared by position only: edits are small, other texts are not. */
const maxPairs = 250_000;

/**
 * For each line of a text, the index of the line with the same text in another one, or null; in rising order, and as many
 * as there are in both. What is before and after an edit costs next to nothing.
 */
export function matchLines(before: readonly string[], after: readonly string[]): (number | null)[] {
  const matched = before.map((): number | null => null);
  const shorter = Math.min(before.length, after.length);
  let start = 0;
  while (start < shorter && before[start] === after[start]) matched[start] = start++;
  let end = 0;
  while (end < shorter - start && before[before.length - 1 - end] === after[after.length - 1 - end]) {
    end += 1;
    matched[before.length - end] = after.length - end;
  }
  const [rows, columns] = [before.length - start - end, after.length - start - end];
  if (rows * columns > maxPairs) return matched;
  for (const [row, column] of findCommon(before.slice(start, start + rows), after.slice(start, start + columns))) {
    matched[start + row] = start + column;
  }
  return matched;
}

/** The longest common subsequence, as pairs of indexes. */
function findCommon(before: readonly string[], after: readonly string[]): [number, number][] {
  const width = after.length + 1;
  const lengths = new Uint32Array((before.length + 1) * width);
  const lengthAt = (row: number, column: number): number => lengths[row * width + column] ?? 0;
  for (let row = before.length - 1; row >= 0; row--) {
    for (let column = after.length - 1; column >= 0; column--) {
      lengths[row * width + column] =
        before[row] === after[column]
          ? lengthAt(row + 1, column + 1) + 1
          : Math.max(lengthAt(row + 1, column), lengthAt(row, column + 1));
    }
  }
  const pairs: [number, number][] = [];
  for (let row = 0, column = 0; row < before.length && column < after.length;) {
    if (before[row] === after[column]) pairs.push([row++, column++]);
    else if (lengthAt(row + 1, column) >= lengthAt(row, column + 1)) row += 1;
    else column += 1;
  }
  return pairs;
}
