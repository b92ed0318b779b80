export interface FuzzyMatch {
  /** Higher is better; comparable between texts for the same query. */
  readonly score: number;
  /** Positions of the query's characters in the text, ascending. */
  readonly positions: readonly number[];
}

const wordStartScore = 8;
const runScore = 5;
const baseScore = 1;

/**
 * Finds the characters of `query` in `text` in order, with any text in between; spaces in the query are ignored.
 * Starts of words and runs score higher, and the shorter text of two equal matches. Null if the text does not contain
 * them all.
 */
export function fuzzyMatch(query: string, text: string): FuzzyMatch | null {
  const characters = query.toLowerCase().replace(/\s+/g, '');
  const lowerText = text.toLowerCase();
  if (characters === '') return { score: 0, positions: [] };

  const match = lowerText.indexOf(query.trim().toLowerCase());
  if (match >= 0 && !/\s/.test(query.trim())) {
    const positions = Array.from(characters, (_, index) => match + index);
    return { score: scoreOf(positions, lowerText), positions };
  }
  const positions: number[] = [];
  let from = 0;
  for (const character of characters) {
    const start = findWordStart(lowerText, character, from);
    const position =
      start >= 0 && containsInOrder(characters.slice(positions.length), lowerText, start)
        ? start
        : lowerText.indexOf(character, from);
    if (position < 0) return null;
    positions.push(position);
    from = position + 1;
  }
  return { score: scoreOf(positions, lowerText), positions };
}

function scoreOf(positions: readonly number[], text: string): number {
  let score = 0;
  positions.forEach((position, index) => {
    if (isWordStart(text, position)) score += wordStartScore;
    else if (index > 0 && positions[index - 1] === position - 1) score += runScore;
    else score += baseScore;
  });
  return score - text.length / 1000;
}

function isWordStart(text: string, position: number): boolean {
  return position === 0 || /[\s\-_./:]/.test(text[position - 1] ?? '');
}

function findWordStart(text: string, character: string, from: number): number {
  for (let position = text.indexOf(character, from); position >= 0; position = text.indexOf(character, position + 1)) {
    if (isWordStart(text, position)) return position;
  }
  return -1;
}

/** Whether the characters of `rest` are in the text in this order, from `position` on. */
function containsInOrder(rest: string, text: string, position: number): boolean {
  let from = position;
  for (const character of rest) {
    const found = text.indexOf(character, from);
    if (found < 0) return false;
    from = found + 1;
  }
  return true;
}
