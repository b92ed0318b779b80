import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { LinearRegExp } from '#core/context/linear-regexp.ts';
import { expectLinearTime } from '../../expect-linear-time.ts';

/** [expression, texts that match, texts that do not], by https://pkg.go.dev/regexp/syntax */
const cases: [string, string[], string[]][] = [
  ['^$', [''], ['a']],
  ['^abc$', ['abc'], ['ab', 'abcd', 'xabc']],
  ['^a.c$', ['abc', 'a/c', 'a😀c'], ['ac', 'a\nc']],
  ['^[^/]*$', ['', 'abc', 'a\nb'], ['a/b']],
  ['^(.*/)?b$', ['b', 'a/b', 'a/c/b'], ['ab', 'b/']],
  ['^a(.*/)?(.*/)?b$', ['ab', 'ax/b', 'ax/y/b'], ['axb']],
  ['^[a-c]x$', ['ax', 'cx'], ['dx', 'x']],
  ['^[^a-c]x$', ['dx', '😀x'], ['ax', 'x']],
  ['^[]a]$', [']', 'a'], ['b']],
  ['^[^]a]$', ['b'], [']', 'a']],
  ['^[a-]$', ['a', '-'], ['b']],
  ['^[\\]\\-\\\\]$', [']', '-', '\\'], ['a']],
  ['^[[:alpha:][:digit:]_]$', ['a', 'Z', '5', '_'], ['-', 'é']],
  ['^[[:^alpha:]]$', ['5', 'é'], ['a']],
  ['^[[:a]$', ['[', ':', 'a'], ['b']],
  ['^[\\d\\t]$', ['5', '\t'], ['a', 'd', 't']],
  ['^\\d\\w\\S$', ['5a.'], ['aaa', '5.a']],
  ['^\\+\\(\\.$', ['+(.'], ['+(a']],
  ['^a\\bb$', [], ['ab', 'a b']],
  ['^a\\b[^/]b$', ['a.b'], ['aab']],
  ['^a\\Bb\\z$', ['ab'], ['a.b']],
  ['^^a$', ['a'], ['^a']],
  ['^a^b$', [], ['ab', 'a^b']],
  ['^a]$', ['a]'], ['a']]
];

describe('LinearRegExp', () => {
  it.each(cases)('%s', (source, matching, others) => {
    const expression = new LinearRegExp(source);
    for (const text of matching) expect([text, expression.test(text)]).toEqual([text, true]);
    for (const text of others) expect([text, expression.test(text)]).toEqual([text, false]);
  });

  it.each(['[', '[^', '[a', '[b-a]', '[[:none:]]', '\\', '\\y', '\\é', '\\1', '(a', 'a)', '[\\q]'])(
    'refuses %s',
    (source) => {
      expect(() => new LinearRegExp(source)).toThrow(SyntaxError);
    }
  );

  it('is the same as RegExp', () => {
    const atom = fc.constantFrom('a', 'b', '/', '.', '[ab]', '[^a/]', '[^/]*', '.*', '(.*/)?', 'a*', '[ab]?');
    const source = fc.array(atom, { maxLength: 7 }).map((atoms) => `^${atoms.join('')}$`);
    const text = fc.array(fc.constantFrom('a', 'b', 'c', '/'), { maxLength: 10 }).map((letters) => letters.join(''));
    fc.assert(
      fc.property(source, fc.array(text, { maxLength: 8 }), (regexp, texts) => {
        const expression = new LinearRegExp(regexp);
        expect(texts.map((each) => expression.test(each))).toEqual(texts.map((each) => new RegExp(regexp).test(each)));
      }),
      { numRuns: 3000 }
    );
  });

  it('takes time by the length of what it is given, whatever that is', () => {
    const expression = new LinearRegExp(`^${'[^/]*a'.repeat(200)}b$`);
    expectLinearTime((length) => expect(expression.test(`${'a'.repeat(length)}cb`)).toBe(false), 4000);
  });
});
