import { describe, expect, it } from 'vitest';
import { showControls } from '#contract/format/show-controls.ts';

describe('showControls', () => {
  it.each([
    ['an escape sequence', 'a\u001b[31mb', 'a␛[31mb'],
    ['a reversed extension', 'photo\u202egnp.exe', 'photo\ufffdgnp.exe'],
    ['an isolate', 'a\u2067b\u2069', 'a\ufffdb\ufffd'],
    ['a mark of direction', '\u200ea\u061c', '\ufffda\ufffd'],
    ['C1 controls and DEL', '\u009b1m\u007f', '\ufffd1m␡'],
    ['an invisible character', 'lat\u200best\ufeff', 'lat\ufffdest\ufffd'],
    ['a line separator', 'a\u2028b\u2029', 'a\ufffdb\ufffd'],
    ['half of a surrogate pair', 'a\ud800b', 'a\ufffdb'],
    ['a lone carriage return', 'safe\rhidden', 'safe␍hidden'],
    ['a filler that looks like a space', 'a\u3164b', 'a\ufffdb']
  ])('makes %s visible', (_, text, shown) => {
    expect(showControls(text)).toBe(shown);
    expect(showControls(shown)).toBe(shown);
  });

  it.each(['a\tb\nc\r\nd', 'שלום/عربى', '👩‍💻', 'می‌خواهم', 'naïve – “x”', ''])('keeps %j', (text) => {
    expect(showControls(text)).toBe(text);
  });

  it('keeps what is not a text', () => {
    expect([showControls(3), showControls(null), showControls(undefined)]).toEqual([3, null, undefined]);
  });
});
