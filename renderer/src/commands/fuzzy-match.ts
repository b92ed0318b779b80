export interface FuzzyMatch {
  /** Higher is better; comparable between texts for the same query. */
  readonly score: number;
  /** Places in the text of the query's characters, rising. */
  readonly places: readonly number[];
}

const wordStart = 8;
const inRun = 5;
const atAll = 1;

/**
 * Finds the characters of `query` in `text` in their order, whatever lies between; spaces in the query are passed over.
 * Starts of words and runs count more, and of two equal matches the shorter text. Null when they are not all there.
 */
export function fuzzyMatch(query: string, text: string): FuzzyMatch | null {
  const wanted = query.toLowerCase().replace(/\s+/g, '');
  const held = text.toLowerCase();
  if (wanted === '') return { score: 0, places: [] };

  const whole = held.indexOf(query.trim().toLowerCase());
  if (whole >= 0 && !/\s/.test(query.trim())) {
    const places = Array.from(wanted, (_, index) => whole + index);
    return { score: scoreOf(places, held), places };
  }
  const places: number[] = [];
  let from = 0;
  for (const character of wanted) {
    const start = findWordStart(held, character, from);
    const place = start >= 0 && fits(wanted.slice(places.length), held, start) ? start : held.indexOf(character, from);
    if (place < 0) return null;
    places.push(place);
    from = place + 1;
  }
  return { score: scoreOf(places, held), places };
}

function scoreOf(places: readonly number[], text: string): number {
  let score = 0;
  places.forEach((place, index) => {
    if (isWordStart(text, place)) score += wordStart;
    else if (index > 0 && places[index - 1] === place - 1) score += inRun;
    else score += atAll;
  });
  return score - text.length / 1000;
}

function isWordStart(text: string, place: number): boolean {
  return place === 0 || /[\s\-_./:]/.test(text[place - 1] ?? '');
}

function findWordStart(text: string, character: string, from: number): number {
  for (let place = text.indexOf(character, from); place >= 0; place = text.indexOf(character, place + 1)) {
    if (isWordStart(text, place)) return place;
  }
  return -1;
}

/** The characters of `rest` stand in this order in the text from `place` on. */
function fits(rest: string, text: string, place: number): boolean {
  let from = place;
  for (const character of rest) {
    const found = text.indexOf(character, from);
    if (found < 0) return false;
    from = found + 1;
  }
  return true;
}
