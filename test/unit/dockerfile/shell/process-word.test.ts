import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { processWord, processWords } from '#dockerfile/shell/process-word.ts';

const values: Record<string, string> = {
  V: '1.2.3-rc.4',
  E: '',
  A: 'a',
  P: '/usr/local/lib/x.tar.gz',
  S: 'one two',
  Z: 'aXbXc',
  STAR: 'a*b'
};
const lookup = (name: string): string | undefined => values[name];
const expand = (text: string, escape = '\\'): string | null => processWord(text, lookup, { escape });

describe('processWord', () => {
  it.each([
    ['$A', 'a'],
    ['${A}', 'a'],
    ['$A-$NONE-${NONE}', 'a--'],
    ['$A.b', 'a.b'],
    ['${A}b', 'ab'],
    ['$', '$'],
    ['$ A', '$ A'],
    ['\\$A', '$A'],
    ['$1x', 'x'],
    // Defaults and alternatives
    ['${NONE:-b}', 'b'],
    ['${E:-b}', 'b'],
    ['${E-b}', ''],
    ['${NONE-b}', 'b'],
    ['${A:+b}', 'b'],
    ['${E:+b}', ''],
    ['${E+b}', 'b'],
    ['${NONE+b}', ''],
    ['${NONE:-${A}$A}', 'aa'],
    ['${NONE:-"x}"}', 'x}'],
    ['${NONE:-\\}}', '}'],
    ['${A:?}', 'a'],
    ['${E?}', ''],
    // Prefixes and suffixes
    ['${V#*.}', '2.3-rc.4'],
    ['${V##*.}', '4'],
    ['${V%.*}', '1.2.3-rc'],
    ['${V%%.*}', '1'],
    ['${V%-*}', '1.2.3'],
    ['${V#1}', '.2.3-rc.4'],
    ['${V#9}', '1.2.3-rc.4'],
    ['${V#?.?}', '.3-rc.4'],
    ['${P##*/}', 'x.tar.gz'],
    ['${P%/*}', '/usr/local/lib'],
    ['${STAR#a\\*}', 'b'],
    ['${STAR%\\*b}', 'a'],
    ['${NONE%x}', ''],
    ['${V#${A}}', '1.2.3-rc.4'],
    // Replacements
    ['${Z/X/-}', 'a-bXc'],
    ['${Z//X/-}', 'a-b-c'],
    ['${Z/X*/!}', 'a!'],
    ['${Z//X?/!}', 'a!!'],
    ['${P/\\//-}', '-usr/local/lib/x.tar.gz'],
    ['${P//\\//-}', '-usr-local-lib-x.tar.gz'],
    ['${Z//X/}', 'abc'],
    ['${Z/q/-}', 'aXbXc'],
    // Quotes and escapes
    ['"$A"', 'a'],
    ["'$A'", '$A'],
    ['"\\$A"', '$A'],
    ['"a\\b"', 'a\\b'],
    ['"a\\\\b"', 'a\\b'],
    ['a\\b', 'ab'],
    ['a\\\\b', 'a\\b'],
    ['a\\', 'a'],
    [`"it's"`, "it's"],
    ['x<y', 'x<y']
  ])('expands %s to %s', (text, expanded) => {
    expect(expand(text)).toBe(expanded);
  });

  it.each([
    '${',
    '${}',
    '${A',
    '${:-b}',
    '${{A}}',
    '${A!b}',
    '${A:#b}',
    '${NONE:?}',
    '${E:?is empty}',
    '${NONE?}',
    '"open',
    "'open",
    '${A/b}',
    '${V#\\a}'
  ])('refuses %s', (text) => {
    expect(expand(text)).toBeNull();
  });

  it('takes another escape character', () => {
    expect(expand('c:\\$A`$A', '`')).toBe('c:\\a$A');
  });

  it.each([
    ['a  b\t"c d" e\\ f', ['a', 'b', 'c d', 'e f']],
    ['$S "$S"', ['one', 'two', 'one two']],
    ['cat << EOF > /h', ['cat', '<< EOF', '>', '/h']],
    ['', []]
  ])('divides %j into the words %j', (text, words) => {
    expect(processWords(text, lookup, { escape: '\\' })).toEqual(words);
  });

  it('leaves a variable without a value to the caller, modifiers and all', () => {
    const unset = (_name: string, written: string): string => `<${written}>`;
    expect(processWord('$A $N ${N:-x}', lookup, { escape: '\\', unset })).toBe('a <$N> <${N:-x}>');
  });

  it('never throws, and without anything special gives the text back', () => {
    const pieces = fc.constantFrom('$', '{', '}', 'A', ':-', '#', '%', '/', '"', "'", '\\', '<', ' ', '*', '?');
    fc.assert(
      fc.property(fc.array(pieces, { maxLength: 30 }), (parts) => {
        const text = parts.join('');
        const processed = processWord(text, lookup, { escape: '\\' });
        if (!/[$"'\\]/.test(text)) expect(processed).toBe(text);
      })
    );
  });
});
