import { anyText, matchesAnyText } from './any-text.ts';
import type { ExpandedInstruction } from './expand-instructions.ts';
import { readJsonArray } from './parse/read-json-array.ts';
import { readHeredoc } from './parse/read-heredocs.ts';

/**
 * Whether a row of an image's history, as cleaned to one instruction, is that instruction except for what builders change:
 * flags that they leave out, quotes, brackets, spaces, the text of a heredoc in place of its start, a WORKDIR made absolute,
 * and the hashes that the classic builders write for what they copy.
 */
export function matchesInstruction(row: string, instruction: ExpandedInstruction): boolean {
  const { keyword } = instruction;
  const rowWords = plainWords(row.replace(/^[A-Z]+\s*/, ''));
  if (keyword === 'EXPOSE') return listPorts(rowWords) === listPorts(plainWords(instruction.expanded));
  return listTexts(instruction).some((text) => {
    const words = plainWords(text);
    if (matchesAnyText(rowWords, words)) return true;
    // Podman leaves out the value.
    if (keyword === 'ARG') return rowWords === words.split(' ')[0];
    if (keyword === 'WORKDIR') return matchesAnyText(`/${rowWords}`, `${anyText}/${words}`);
    // The shell of these may be any that SHELL has set, and a check has its times around it.
    if (keyword === 'CMD' || keyword === 'ENTRYPOINT') return matchesAnyText(` ${rowWords}`, `${anyText} ${words}`);
    if (keyword === 'HEALTHCHECK') return matchesAnyText(rowWords, `${anyText}${words.replace(/^CMD /, '')}${anyText}`);
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
  const command = keyword === 'RUN' ? readShellCommand(operands) : null;
  if (command !== null) return [...texts, command];
  if (heredocs.length === 0) return texts;
  if (keyword !== 'RUN') return texts.map((text) => text.replace(/<<-?\s*["']?/g, '<<'));
  const [first] = heredocs;
  if (first !== undefined && readHeredoc(operands) !== null) {
    const content = first.stripsTabs ? first.content.replace(/^\t+/gm, '') : first.content;
    return [...texts, content, `/dev/pipes/${first.name}`];
  }
  return [...texts, [operands, ...heredocs.map(({ content, name }) => content + name)].join('\n')];
}

/** What ["/bin/sh", "-c", "make"] has its shell run; null for anything else. */
function readShellCommand(operands: string): string | null {
  const words = readJsonArray(operands);
  if (words === null || words === 'invalid' || words.length !== 3) return null;
  return /^-[a-z]*c$/.test(words[1] ?? '') ? (words[2] ?? null) : null;
}

/** The ports in order: "map[80/tcp:{} 81/tcp:{}]" and "80 81/tcp" are the same. */
function listPorts(words: string): string {
  const ports = words.match(/\d[\w-]*(?:\/[a-z]+)?/gi) ?? [];
  return ports
    .map((port) => (port.includes('/') ? port.toLowerCase() : `${port}/tcp`))
    .sort()
    .join(' ');
}

function plainWords(text: string): string {
  return (
    text
      .replace(/^(?:--[a-z-]+(?:=\S*)?\s+)+/, '')
      .replace(/[[\]"',=\\`]/g, ' ')
      .replace(/^(\s*)\/bin\/sh\s+-c\s/, '$1')
      // BuildKit writes the sources of a COPY as paths from the root of where they come from.
      .replace(/(^|\s)\.?\//g, '$1')
      .replace(/\s+/g, ' ')
      .trim()
  );
}
