import { expandVariables, unquote } from '#dockerfile/expand-variables.ts';
import { findStage, instructionChain } from '#dockerfile/instruction-chain.ts';
import type { DockerfileInstruction, ParsedDockerfile } from '#dockerfile/parse-dockerfile.ts';

/** An instruction of the Dockerfile as it was run: with the values that ARG and ENV had where it stands. */
export interface RunInstruction {
  readonly keyword: string;
  readonly line: number;
  /** Its words as written, and with variables expanded: builders write the one or the other into the history. */
  readonly written: string;
  readonly expanded: string;
  /** The stage or image that COPY --from names; null for none. */
  readonly copiedFrom: string | null;
}

/** The instructions that made the target's image, oldest first. */
export function runInstructions(
  dockerfile: ParsedDockerfile,
  target: string | null,
  buildArgs: Readonly<Record<string, string>>
): RunInstruction[] {
  const values = new Map<string, string>();
  const expand = (text: string): string => expandVariables(text, (name) => values.get(name));
  return instructionChain(dockerfile, target).map((instruction) => {
    const { keyword, line, argumentsText } = instruction;
    const expanded = expand(argumentsText);
    if (keyword === 'ARG' || keyword === 'ENV') {
      for (const [name, value] of declarations(keyword, expanded)) {
        const given = keyword === 'ARG' && Object.hasOwn(buildArgs, name) ? buildArgs[name] : undefined;
        const resolved = given ?? value ?? values.get(name);
        if (resolved !== undefined) values.set(name, resolved);
      }
    }
    return { keyword, line, written: argumentsText, expanded, copiedFrom: copiedFrom(dockerfile, instruction) };
  });
}

/**
 * Whether a cleaned row of the history says the same as an instruction, but for what builders change: flags that they
 * leave out, quotes, brackets, spaces, and the hashes that the classic builder puts in place of what it copies.
 */
export function matchesInstruction(row: string, { keyword, written, expanded }: RunInstruction): boolean {
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

function declarations(keyword: string, text: string): [string, string | undefined][] {
  const words = text.match(/(?:[^\s"']|"[^"]*"|'[^']*')+/g) ?? [];
  const [first = '', ...rest] = words;
  if (keyword === 'ENV' && !first.includes('=')) return [[first, rest.join(' ')]];
  return words.map((word) => {
    const equals = word.indexOf('=');
    return equals < 0 ? [word, undefined] : [word.slice(0, equals), unquote(word.slice(equals + 1))];
  });
}

function copiedFrom(dockerfile: ParsedDockerfile, { keyword, flags }: DockerfileInstruction): string | null {
  const from = keyword === 'COPY' ? flags.find(({ name }) => name === 'from')?.value : null;
  if (from === undefined || from === null || from === '') return null;
  const stage = findStage(dockerfile, from);
  return stage?.name ?? from;
}
