import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve, sep } from 'node:path';
import { describe, expect, it } from 'vitest';
import { renderTexts } from './contract/words/render-texts.ts';

const root = resolve(__dirname, '../..');
const ownName = 'test/unit/plain-english.test.ts';
const texts = renderTexts();

/** Folders whose file names, identifiers, comments and texts are checked; and the files of the root folder. */
const checkedFolders = ['.github', 'docs', 'electron', 'renderer', 'resources', 'scripts', 'test'];
const checkedExtensions = /\.(?:ts|js|cjs|svelte|css|html|md|yml|py|json)$/;

/** Words that read as translated, such as "told" for known, reported or printed. CONTRIBUTING.md has replacements. */
const homeMade = new RegExp(
  `\\b(?:${[
    'told|untold|tell|tells|telling',
    'anew',
    'h[eo]lds? against|held against',
    'look(?:s|ed|ing)? into',
    'let(?:s|ting)? go',
    'hand(?:s|ed|ing)? over',
    'stands? (?:in|on|at|open|here|there|above|below|first|last|side)|stood',
    'nowhere here|(?:is|are) nowhere',
    'beside',
    'very same',
    'surroundings|the house',
    'proven|proves',
    '(?:is|are|was) taken for',
    '(?:is|are|was|were|when) asked|asked (?:for|of)',
    'wants|wanted',
    'own accord',
    '(?:goes|went) on',
    'lies',
    '(?:became|becomes) of',
    'nothing else|but for|without end'
  ].join('|')})\\b`
);

/** British spelling, and terms that Docker names differently. */
const foreignToTheUi =
  /\b(?:colours?|analys(?:e|es|ed|ing)|cancell(?:ed|ing)|unpacked|behaviour|recognised|catalogue)\b/;

/** British spelling. The code `cancelled` of an outcome stays, as it is stored in records. */
const british = /\b(?:colours?|analys(?:ed|ing)|behaviours?|recognis\w+|normalis\w+|catalogues?|grey(?:s|ed)?)\b/;

/** Splits identifiers into their words: "toldAt" becomes "told at". */
function spellOut(text: string): string {
  return text
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .replace(/[-_]+/g, ' ')
    .toLowerCase();
}

function filesUnder(folder: string, recursive: boolean): string[] {
  return readdirSync(join(root, folder), { recursive, withFileTypes: true })
    .filter((entry) => entry.isFile() && checkedExtensions.test(entry.name) && entry.name !== 'package-lock.json')
    .map((entry) =>
      join(entry.parentPath, entry.name)
        .slice(root.length + 1)
        .split(sep)
        .join('/')
    )
    .filter((file) => file !== ownName);
}

/** The lines of a file to check, by their index; without the glossary, which lists the rejected words. */
function linesOf(file: string): string[] {
  const lines = readFileSync(join(root, file), 'utf8').split('\n');
  return file === 'CONTRIBUTING.md' ? lines.map((line) => (line.startsWith('|') ? '' : line)) : lines;
}

/** The file's path and lines that match, as "path:line: text". */
function findIn(file: string, pattern: RegExp): string[] {
  return [file, ...linesOf(file)].flatMap((line, number) =>
    pattern.test(spellOut(line)) ? `${file}:${number}: ${line.trim()}` : []
  );
}

describe('the texts of the interface', () => {
  it('use none of the home-made words', () => {
    expect(texts.filter(({ path, text }) => homeMade.test(spellOut(`${path} ${text}`)))).toEqual([]);
  });

  it('use US spelling and the terms of Docker', () => {
    expect(texts.filter(({ text }) => foreignToTheUi.test(text.toLowerCase()))).toEqual([]);
  });
});

describe.each([...checkedFolders, '.'])('the files in %s', (folder) => {
  const files = filesUnder(folder, folder !== '.');

  it('use none of the home-made words', () => {
    expect(files.flatMap((file) => findIn(file, homeMade))).toEqual([]);
  });

  it('use US spelling', () => {
    expect(files.flatMap((file) => findIn(file, british))).toEqual([]);
  });
});
