import { anyText, matchesAnyText } from './any-text.ts';
import type { ExpandedInstruction } from './expand-instructions.ts';
import { readHeredoc } from './parse/read-heredocs.ts';

/**
 * Whether a row of an image's history, as cleaned to one instruction, is that instruction but for what builders change:
 * flags that they leave out, quotes, brackets, spaces, the text of a heredoc in place of its start, a WORKDIR made absolute,
 * and the hashes that the classic builders write for what they copy.
 */
export function matchesInstruction(row: string, instruction: ExpandedInstruction): boolean {
  const { keyword } = instruction;
  const rowWords = plainWords(row.replace(/^[A-Z]+\s*/, ''));
  return listTexts(instruction).some((text) => {
    const words = plainWords(text);
    if (matchesAnyText(rowWords, words)) return true;
    if (keyword === 'WORKDIR') return matchesAnyText(`/${rowWords}`, `${anyText}/${words}`);
    return isHashedCopy(row) && matchesAnyText(rowWords.split(' ').at(-1) ?? '', words.split(' ').at(-1) ?? '');
  });
}

/** Whether a row names what was copied by its hash, as the classic builders do. */
export function isHashedCopy(row: string): boolean {
  return /^(?:COPY|ADD)\b.*\b(?:file|dir|multi):[0-9a-f]{12}/s.test(row);
}

/** What the arguments can look like in a history. */
function listTexts({ keyword, written, expanded, operands, heredocs }: ExpandedInstruction): string[] {
  const texts = [written, expanded];
  if (heredocs.length === 0) return texts;
  if (keyword !== 'RUN') return texts.map((text) => text.replace(/<<-?\s*/g, '<<'));
  const [first] = heredocs;
  if (first !== undefined && readHeredoc(operands) !== null) {
    const content = first.stripsTabs ? first.content.replace(/^\t+/gm, '') : first.content;
    return [...texts, content, `/dev/pipes/${first.name}`];
  }
  return [...texts, [operands, ...heredocs.map(({ content, name }) => content + name)].join('\n')];
}

function plainWords(text: string): string {
  return (
    text
      .replace(/^(?:--[a-z-]+(?:=\S*)?\s+)+/, '')
      .replace(/[[\]"',\\`]/g, ' ')
      .replace(/^(\s*)\/bin\/sh\s+-c\s/, '$1')
      .replace(/(^|\s)([\w.-]+)=/g, '$1$2 ')
      // BuildKit writes the sources of a COPY as paths from the root of where they come from.
      .replace(/(^|\s)\.?\//g, '$1')
      .replace(/\s+/g, ' ')
      .trim()
  );
}
