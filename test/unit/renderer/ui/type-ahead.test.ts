import { describe, expect, it } from 'vitest';
import { findTyped, TypeAhead } from '../../../../renderer/src/ui/type-ahead.ts';

const names = ['bin', 'boot', 'etc', null, 'home', 'Lib'];
const rows = { count: names.length, nameAt: (index: number) => names[index] ?? null };

describe('findTyped', () => {
  it('continues from the active row and wraps around', () => {
    expect(findTyped(rows, 0, 'b')).toBe(1);
    expect(findTyped(rows, 1, 'b')).toBe(0);
  });

  it('goes from row to row when one letter is typed again', () => {
    expect(findTyped(rows, 0, 'bb')).toBe(1);
    expect(findTyped(rows, 1, 'bbb')).toBe(0);
  });

  it('stays where a longer text still fits', () => {
    expect(findTyped(rows, 1, 'bo')).toBe(1);
  });

  it('does not care for case, and finds nothing where nothing begins so', () => {
    expect(findTyped(rows, 0, 'li')).toBe(5);
    expect(findTyped(rows, 0, 'x')).toBe(-1);
    expect(findTyped({ ...rows, count: 0 }, 0, 'x')).toBe(-1);
  });
});

describe('TypeAhead', () => {
  it('joins letters until there is a pause or another key', () => {
    const typed = new TypeAhead();
    expect(typed.add('l', 0)).toBe('l');
    expect(typed.add('i', 300)).toBe('li');
    expect(typed.add('b', 2000)).toBe('b');
    typed.end();
    expect(typed.add('x', 2100)).toBe('x');
  });
});
