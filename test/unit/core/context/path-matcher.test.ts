import ignore from '@balena/dockerignore';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { PathMatcher } from '#core/context/path-matcher.ts';
import { ignores, matcherOf, matchPath } from './ignores.ts';
import { expectLinearTime } from '../../expect-linear-time.ts';

/** [pattern, path, whether it matches] or null for a bad pattern, by https://pkg.go.dev/path/filepath#Match */
const documented: [string, string, boolean | null][] = [
  ['*', 'name', true],
  ['*', 'folder/name', true],
  ['*.go', 'name.go', true],
  ['*.go', 'name.gone', false],
  ['na*', 'na', true],
  ['n*e', 'na/me', false],
  ['n*/m', 'name/m', true],
  ['a*b*c*/d', 'aXbXXc/d', true],
  ['a*b*c*/d', 'aXbX/c/d', false],
  ['n?me', 'name', true],
  ['n?me', 'n😀me', true],
  ['n?me', 'n/me', false],
  ['n??me', 'n😀me', false],
  ['[ab]c', 'bc', true],
  ['[a-c]', 'b', true],
  ['[a-c]', 'd', false],
  ['[^a-c]', 'd', true],
  ['[^a-c]', 'b', false],
  ['[а-я]*', 'яблоко', true],
  ['[!a]', 'b', false],
  ['\\*', '*', true],
  ['\\*', 'a', false],
  ['[\\]]', ']', true],
  ['[a\\-c]', '-', true],
  ['[a\\-c]', 'b', false],
  ['[]a]', 'a', null],
  ['[-a]', 'a', null],
  ['[a-]', 'a', null],
  ['[a-b-c]', 'a', null],
  ['[]', 'a', null],
  ['[', 'a', null],
  ['[^', 'a', null],
  ['a[', 'a', null],
  ['a\\', 'a', null]
];

/** [pattern, paths that it matches, paths that it does not], by Docker's documentation of ignore files. */
const extended: [string, string[], string[]][] = [
  ['node_modules', ['node_modules', 'node_modules/a/b.js'], ['x/node_modules', 'node_modules2']],
  ['**/*.md', ['a.md', 'x/y/a.md'], ['a.mdx']],
  ['**', ['a', 'a/b'], []],
  ['***', ['a', 'a/b'], []],
  ['**/a', ['a', 'x/a', 'x/y/a/b'], ['ba', 'x/ba']],
  ['**a', ['a', 'ba', 'x/ba'], ['ab']],
  ['a/**', ['a/b', 'a/b/c'], ['a', 'b/a']],
  ['a/**/b', ['a/b', 'a/x/b', 'a/x/y/b'], ['ab', 'a/xb']],
  ['a**b', ['ab', 'a/x/b', 'aX/b'], ['aXb', 'a/xb']],
  ['*/**', ['a/b'], ['a']],
  ['*/temp*', ['x/temp', 'x/temporary/y'], ['temp', 'x/y/temp']],
  ['a.|)$(}+{b', ['a.|)$(}+{b'], ['a']],
  ['a.*|)$(}+{b', ['a.x|)$(}+{b'], ['aXx|)$(}+{b', 'a.']],
  ['(a+)+$', ['(a+)+$'], ['aaa']],
  // Go's regular expressions, to which Docker translates patterns, read these escapes.
  ['foo\\bar', [], ['foobar', 'foo\\bar', 'foo/ar']],
  ['a\\d', ['a5'], ['ad']],
  ['^a', ['^a'], ['a']],
  ['^a*', ['ab'], ['^ab']]
];

describe('a pattern', () => {
  it.each(documented)('%s, %s', (pattern, path, expected) => {
    if (expected === null) expect(() => new PathMatcher([pattern])).toThrow(SyntaxError);
    else expect(ignores(new PathMatcher([pattern]), path)).toBe(expected);
  });

  it.each(extended)('%s', (pattern, matching, others) => {
    const matcher = new PathMatcher([pattern]);
    for (const path of matching) expect([path, ignores(matcher, path)]).toEqual([path, true]);
    for (const path of others) expect([path, ignores(matcher, path)]).toEqual([path, false]);
  });

  it.each(['!', 'a\\y', 'a\\pL', '[b-a]'])('%s is refused', (pattern) => {
    expect(() => new PathMatcher([pattern])).toThrow(SyntaxError);
  });
});

describe('a list of patterns', () => {
  it.each<[string, string[], string[]]>([
    ['', [], ['a', 'constructor', '__proto__', 'toString/x']],
    ['*\n!src', ['a', 'b/c'], ['src', 'src/x/y']],
    ['*.md\n!README*.md\nREADME-secret.md', ['a.md', 'README-secret.md'], ['README.md', 'README-x.md']],
    ['docs\n!docs/README.md', ['docs', 'docs/x'], ['docs/README.md']],
    ['!a\na', ['a', 'a/b'], []],
    // An exception that did nothing for a folder does nothing for what is in it.
    ['a/b\n!a', ['a/b', 'a/b/c'], ['a', 'a/c']],
    ['constructor', ['constructor', 'constructor/x'], ['toString']]
  ])('%j', (text, ignored, kept) => {
    const matcher = matcherOf(text);
    for (const path of ignored) expect([path, ignores(matcher, path)]).toEqual([path, true]);
    for (const path of kept) expect([path, ignores(matcher, path)]).toEqual([path, false]);
  });

  const name = fc.stringMatching(/^[a-c]{1,2}$/);
  const path = fc.array(name, { minLength: 1, maxLength: 4 }).map((parts) => parts.join('/'));
  const part = fc.oneof(name, fc.constantFrom('*', '**', 'a*', '?', '[ab]', 'b?', '*c'));
  const pattern = fc.array(part, { minLength: 1, maxLength: 4 }).map((parts) => parts.join('/'));
  const line = fc.record({ pattern, isException: fc.boolean() });
  const textOf = (lines: { pattern: string; isException: boolean }[]): string =>
    lines.map((each) => `${each.isException ? '!' : ''}${each.pattern}`).join('\n');

  it('without exceptions is the same as @balena/dockerignore, which is a port of an older Docker', () => {
    fc.assert(
      fc.property(fc.array(pattern, { maxLength: 5 }), fc.array(path, { maxLength: 8 }), (patterns, paths) => {
        const theirs = ignore({ ignorecase: false }).add(patterns);
        const ours = new PathMatcher(patterns);
        expect(paths.map((each) => ignores(ours, each))).toEqual(paths.map((each) => theirs.ignores(each)));
      }),
      { numRuns: 3000 }
    );
  });

  it('with exceptions after what they take back is the same too', () => {
    fc.assert(
      fc.property(fc.array(path, { maxLength: 3 }), fc.array(path, { maxLength: 3 }), path, (first, back, each) => {
        const text = ['*', ...back.map((kept) => `!${kept}`), ...first.map((folder) => `${folder}/x`)];
        const theirs = ignore({ ignorecase: false }).add(text);
        expect(ignores(new PathMatcher(text), each)).toBe(theirs.ignores(each));
      }),
      { numRuns: 3000 }
    );
  });

  it('never says that nothing below a folder matches when something does', () => {
    fc.assert(
      fc.property(fc.array(line, { maxLength: 6 }), path, path, (lines, folder, below) => {
        const matcher = matcherOf(textOf(lines));
        const isMatched = ignores(matcher, folder);
        if (ignores(matcher, `${folder}/${below}`) === isMatched) return;
        expect(isMatched ? matcher.mayReincludeBelow(folder) : matcher.mayMatchBelow(folder)).toBe(true);
      }),
      { numRuns: 5000 }
    );
  });

  it('lets a walk leave out folders that no pattern leads to', () => {
    const matcher = matcherOf('src/lib/*.ts\n*/x\n!docs/a/b');
    expect(['src', 'src/lib', 'docs'].map((each) => matcher.mayMatchBelow(each))).toEqual([true, true, true]);
    expect(['src/lib/deep', 'src/test', 'a/b'].map((each) => matcher.mayMatchBelow(each))).toEqual([
      false,
      false,
      false
    ]);
    expect(['docs', 'docs/a', 'docs/a/b', 'src'].map((each) => matcher.mayReincludeBelow(each))).toEqual([
      true,
      true,
      false,
      false
    ]);
  });

  it('keeps of a path which patterns match it', () => {
    expect([...matchPath(matcherOf('a\nb\n*/c'), 'a/c').patterns]).toEqual([1, 0, 0]);
  });

  it('takes linear time for patterns that a backtracking matcher never ends at', () => {
    const hostile = [
      '(a+)+$',
      '*a'.repeat(60),
      '**/'.repeat(60) + 'z',
      `${'[^b]*'.repeat(40)}b`,
      `${'a*'.repeat(60)}b`
    ];
    const matcher = new PathMatcher(hostile);
    expectLinearTime((length) => {
      for (let index = 0; index < 20; index++) expect(ignores(matcher, `${'a'.repeat(length)}c/${index}`)).toBe(false);
    }, 1600);
  });
});
