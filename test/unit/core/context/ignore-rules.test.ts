import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseIgnoreRules } from '#core/context/ignore-rules.ts';

const parse = (text: string) => parseIgnoreRules(text, '.dockerignore');

/** [patterns, ignored, kept], after Docker's documentation and the tests of moby's patternmatcher. */
const cases: [string, string[], string[]][] = [
  ['', [], ['a', 'constructor', '__proto__', 'toString/x']],
  ['node_modules', ['node_modules', 'node_modules/a/b.js'], ['x/node_modules', 'node_modules2']],
  ['/build', ['build', 'build/x'], ['x/build']],
  ['./docs/', ['docs/a'], ['docs2']],
  ['**/*.md', ['a.md', 'x/y/a.md'], ['a.mdx']],
  ['*.md', ['a.md'], ['x/a.md']],
  ['*/temp*', ['x/temp', 'x/temporary/y'], ['temp', 'x/y/temp']],
  ['a?', ['ab'], ['a', 'abc', 'a/']],
  ['foo[12]', ['foo1', 'foo2/x'], ['foo3']],
  ['*\n!src', ['a', 'b/c'], ['src', 'src/x/y']],
  ['*.md\n!README*.md\nREADME-secret.md', ['a.md', 'README-secret.md'], ['README.md', 'README-x.md']],
  ['# a comment\n  b  \r\n\r\n#c', ['b'], ['a', '# a comment', '#c']],
  ['a/../b', ['b'], ['a']],
  ['..\n../x', [], ['x', 'a']],
  ['\uFEFFa', ['a'], ['b']],
  ['A', ['A'], ['a']],
  ['\\[x\\]', ['[x]'], ['x']],
  ['constructor', ['constructor', 'constructor/x'], ['toString']],
  ['**/**/**/**/**/**/**/**/**/**/z', ['z', 'a/b/z'], ['a/b/c/d/e/f/g/h/i/j/k/l/m/n/y']]
];

describe('.dockerignore', () => {
  it.each(cases)('%j', (text, ignored, kept) => {
    const rules = parse(text);
    for (const path of ignored) expect([path, rules.ignores(path)]).toEqual([path, true]);
    for (const path of kept) expect([path, rules.ignores(path)]).toEqual([path, false]);
  });

  it('refuses a pattern that is none', () => {
    expect(() => parse('a[')).toThrow(
      expect.objectContaining({ data: expect.objectContaining({ code: 'file-unreadable' }) as object })
    );
  });

  const name = fc.stringMatching(/^[a-c]{1,2}$/);
  const path = fc.array(name, { minLength: 1, maxLength: 4 }).map((parts) => parts.join('/'));

  it('without wildcards is the last of the patterns that names the path or a folder above it', () => {
    const line = fc.record({ path, kept: fc.boolean() });
    fc.assert(
      fc.property(fc.array(line, { maxLength: 6 }), path, (lines, wanted) => {
        const rules = parse(lines.map(({ path: pattern, kept }) => (kept ? '!' : '') + pattern).join('\n'));
        const last = lines.findLast(({ path: pattern }) => wanted === pattern || wanted.startsWith(`${pattern}/`));
        expect(rules.ignores(wanted)).toBe(last !== undefined && !last.kept);
      })
    );
  });

  it('never says that nothing below a folder is kept when something is', () => {
    const part = fc.oneof(name, fc.constantFrom('*', '**', 'a*', '?', '[ab]', 'b?'));
    const pattern = fc.array(part, { minLength: 1, maxLength: 4 }).map((parts) => parts.join('/'));
    const line = fc.record({ pattern, kept: fc.boolean(), slash: fc.boolean() });
    fc.assert(
      fc.property(fc.array(line, { maxLength: 6 }), path, path, (lines, folder, below) => {
        const text = lines.map((each) => `${each.kept ? '!' : ''}${each.slash ? '/' : ''}${each.pattern}`).join('\n');
        const rules = parse(text);
        if (!rules.ignores(folder) || rules.ignores(`${folder}/${below}`)) return;
        expect(rules.mayIncludeBelow(folder)).toBe(true);
      }),
      { numRuns: 3000 }
    );
  });
});
