import type { ExpandedInstruction } from './expand-instructions.ts';

/**
 * Whether a row of an image's history, as cleaned to one instruction, is that instruction but for what builders change:
 * flags that they leave out, quotes, brackets, spaces, and the hashes that the classic builder writes for what it copies.
 */
export function matchesInstruction(row: string, { keyword, written, expanded }: ExpandedInstruction): boolean {
  const rowWords = plainWords(row.replace(/^[A-Z]+\s*/, ''));
  return [written, expanded].some((text) => {
    const words = plainWords(text);
    if (rowWords === words) return true;
    const isHashed = (keyword === 'COPY' || keyword === 'ADD') && /\b(file|dir|multi):[0-9a-f]{12}/.test(rowWords);
    return isHashed && rowWords.split(' ').at(-1) === words.split(' ').at(-1);
  });
}

function plainWords(text: string): string {
  return (
    text
      .replace(/^(?:--[a-z-]+(?:=\S*)?\s+)+/, '')
      .replace(/[[\]"',\\]/g, ' ')
      .replace(/^(\s*)\/bin\/sh\s+-c\s/, '$1')
      .replace(/(^|\s)([\w.-]+)=/g, '$1$2 ')
      // BuildKit writes the sources of a COPY as paths from the root of where they come from.
      .replace(/(^|\s)\.?\//g, '$1')
      .replace(/\s+/g, ' ')
      .trim()
  );
}
