import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { renderTexts } from './contract/words/render-texts.ts';

const root = resolve(__dirname, '../..');
const ownName = 'plain-english.test.ts';
const texts = renderTexts();

/** Folders whose identifiers, comments and file names are checked. */
const checkedFolders = [
  'electron/contract/words',
  'electron/contract/format',
  'electron/core/project/starter',
  'resources/sample',
  'test/unit/contract/words',
  'test/unit/contract/format'
];

/** Words that read as translated, such as "told" for known, reported or printed. */
const homeMade =
  /\b(?:told|untold|tell|tells|telling|anew|h[eo]lds? against|held against|look(?:s|ed|ing)? into|let(?:s|ting)? go|hand(?:s|ed)? over|stands? here|stood here|nowhere here|very same|surroundings|the house|is proven)\b/;

/** British spelling, and terms that Docker names differently. */
const foreignToTheUi =
  /\b(?:colours?|analys(?:e|es|ed|ing)|cancell(?:ed|ing)|unpacked|behaviour|recognised|catalogue)\b/;

/** Splits identifiers into their words: "toldAt" becomes "told at". */
function spellOut(text: string): string {
  return text
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .replace(/[-_]+/g, ' ')
    .toLowerCase();
}

describe('the texts of the interface', () => {
  it('use none of the home-made words', () => {
    expect(texts.filter(({ path, text }) => homeMade.test(spellOut(`${path} ${text}`)))).toEqual([]);
  });

  it('use US spelling and the terms of Docker', () => {
    expect(texts.filter(({ text }) => foreignToTheUi.test(text.toLowerCase()))).toEqual([]);
  });
});

describe('the sources', () => {
  it.each(checkedFolders)('in %s use none of the home-made words', (folder) => {
    const found = readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && entry.name !== ownName)
      .flatMap(({ parentPath, name }) => {
        const lines = [name, ...readFileSync(join(parentPath, name), 'utf8').split('\n')];
        return lines.flatMap((line, number) =>
          homeMade.test(spellOut(line)) ? `${name}:${number}: ${line.trim()}` : []
        );
      });
    expect(found).toEqual([]);
  });
});
