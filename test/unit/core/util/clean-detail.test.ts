import { expect, it } from 'vitest';
import { cleanDetail } from '#core/util/clean-detail.ts';

it.each([
  ['a query', 'Put "https://r.io/v2/a?_state=abc&x=1": EOF', 'Put "https://r.io/v2/a": EOF'],
  ['a user and password', 'GET http://ada:pw@r.io/v2 failed', 'GET http://r.io/v2 failed'],
  ['a password with an @', 'GET http://ada:p@ss@r.io/v2 failed', 'GET http://r.io/v2 failed'],
  ['terminal codes', '\u001b[31mred\u001b[0m', 'red'],
  ['C1 controls', 'a\u009b31mb\u0085c', 'a31mbc'],
  ['bidirectional marks', 'a\u202egnp\u202c.b\u2066c\u2069\u200f', 'agnp.bc']
])('removes %s', (_what, text, clean) => {
  expect(cleanDetail(text)).toBe(clean);
});

it('keeps an @ that is not in the host, lines and tabs', () => {
  expect(cleanDetail('http://r.io/a@sha256:1\n\tu@host')).toBe('http://r.io/a@sha256:1\n\tu@host');
});

it('limits the length', () => {
  expect(cleanDetail('x'.repeat(100_000))).toHaveLength(4000);
});
