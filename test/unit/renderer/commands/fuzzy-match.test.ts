import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fuzzyMatch } from '../../../../renderer/src/commands/fuzzy-match.ts';

const found = (query: string, text: string): string | null => {
  const match = fuzzyMatch(query, text);
  return match?.positions.map((position) => text[position]).join('') ?? null;
};

describe('fuzzyMatch', () => {
  it('finds characters in order, with any text in between', () => {
    expect(found('bo', 'Build options…')).toBe('Bo');
    expect(found('open flask', 'Open simple-flask-web')).toBe('Openflask');
    expect(fuzzyMatch('zz', 'Build')).toBeNull();
    expect(fuzzyMatch('dliub', 'Build')).toBeNull();
  });

  it('prefers the start of a word to an earlier position inside one', () => {
    expect(fuzzyMatch('op', 'Build stop options')?.positions).toEqual([8, 9]);
    expect(fuzzyMatch('bp', 'rub a pipe be proud')?.positions[1]).toBe(14);
  });

  it('ranks the better match first', () => {
    const rank = (query: string, ...texts: string[]): string[] =>
      [...texts].sort((a, b) => (fuzzyMatch(query, b)?.score ?? -99) - (fuzzyMatch(query, a)?.score ?? -99));
    expect(rank('pro', 'Try the sample project', 'Projects')[0]).toBe('Projects');
    expect(rank('push', 'Cancel push', 'Push')[0]).toBe('Push');
  });

  it('returns ascending positions that spell the query, for any query from the text', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom('a', 'b', 'c', ' ', '-') }),
        fc.nat(),
        fc.nat(),
        (text, drop, take) => {
          const query = Array.from(text)
            .filter((_, index) => (index + drop) % (1 + (take % 3)) === 0)
            .join('');
          const match = fuzzyMatch(query, text);
          expect(match).not.toBeNull();
          const positions = match?.positions ?? [];
          expect(positions.map((position) => text[position]).join('')).toBe(query.replace(/\s+/g, ''));
          expect([...positions].sort((a, b) => a - b)).toEqual(positions);
        }
      )
    );
  });
});
