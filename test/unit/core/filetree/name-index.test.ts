import fc from 'fast-check';
import { expect, test } from 'vitest';
import { NameIndex } from '#core/filetree/name-index.ts';

test('each of many names has one number, also the one that made the index grow', () => {
  const index = new NameIndex();
  const names = Array.from({ length: 5000 }, (_, at) => `name-${at}`);
  const numbers = names.map((name) => index.intern(name));
  expect(names.map((name) => index.find(name))).toEqual(numbers);
  expect(names.map((name) => index.intern(name))).toEqual(numbers);
  expect(index.names).toEqual(names);
  expect(index.find('none')).toBe(-1);
});

test('names are numbered like in a Map', () => {
  fc.assert(
    fc.property(fc.array(fc.string({ unit: 'binary', maxLength: 4 }), { maxLength: 3000, size: 'max' }), (names) => {
      const index = new NameIndex();
      const map = new Map<string, number>();
      for (const name of names) if (!map.has(name)) map.set(name, map.size);
      expect(names.map((name) => index.intern(name))).toEqual(names.map((name) => map.get(name)));
    }),
    { numRuns: 20 }
  );
});
