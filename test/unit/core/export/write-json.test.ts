import fc from 'fast-check';
import { expect, it } from 'vitest';
import { writeJson } from '#core/export/write-json.ts';

it('keeps every value and prints no control or bidirectional mark', () => {
  const unsafe = /[\p{Cc}\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]/u;
  const unit = fc.oneof(fc.string(), fc.constantFrom('\u009b31m', '\u202egnp', '\u0007', '\u2028'));
  fc.assert(
    fc.property(fc.array(unit), (texts) => {
      const written = writeJson(texts);
      expect(JSON.parse(written)).toEqual(texts);
      expect(written.replaceAll('\n', '')).not.toMatch(unsafe);
    })
  );
});
