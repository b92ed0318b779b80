import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compileGlob } from '#core/analysis/explore/compile-glob.ts';
import { expectLinearTime } from '../../../expect-linear-time.ts';

describe('compileGlob', () => {
  it.each([
    ['*.pyc', 'a.pyc', true],
    ['*.pyc', 'x/a.pyc', false],
    ['**/*.pyc', 'x/y/a.pyc', true],
    ['**/*.pyc', 'a.pyc', true],
    ['usr/**/doc', 'usr/doc', true],
    ['usr/**/doc', 'usr/share/x/doc', true],
    ['usr/*/doc', 'usr/share/x/doc', false],
    ['lib?.so', 'libc.so', true],
    ['lib?.so', 'lib.so', false],
    ['[a]', '[a]', true],
    ['**', 'a/b/c', true]
  ])('%s on %s: %s', (glob, path, fits) => {
    expect(compileGlob(glob)(path)).toBe(fits);
  });

  it('matches like an equivalent regular expression', () => {
    const pieces = fc.array(fc.constantFrom('a', 'b', '*', '?', '/', '**'), { maxLength: 8 });
    const paths = fc.array(fc.constantFrom('a', 'b', '/', 'ab'), { maxLength: 8 });
    fc.assert(
      fc.property(pieces, paths, (glob, path) => {
        // A double star that is only part of a name means two single stars.
        const parts = glob.join('').split('/');
        const expression = parts.map((part) =>
          part === '**' ? null : part.replace(/\*/g, '[^/]*').replace(/\?/g, '[^/]')
        );
        const text = expression.reduce<string>((all, part, at) => {
          const joint = at === 0 ? '' : '/';
          return part === null ? `${all}(?:${joint}[^/]*)*` : `${all}${joint}${part}`;
        }, '');
        const written = path.join('');
        // A leading ** needs no slash, which the expression above cannot express.
        if (parts[0] === '**') return;
        expect(compileGlob(glob.join(''))(written)).toBe(new RegExp(`^${text}$`).test(written));
      })
    );
  });

  it('takes linear time for a pattern that a backtracking matcher never ends at', () => {
    const matches = compileGlob(`${'*a'.repeat(100)}b`);
    expectLinearTime((length) => expect(matches('a'.repeat(length))).toBe(false), 8000);
  });
});
