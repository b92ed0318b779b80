import { splitWords } from './parse/split-words.ts';
import { processWord, type Lookup, type WordBudget, type WordOptions } from './shell/process-word.ts';

/** Characters that all expansions of one Dockerfile may make; what is beyond stays as it is written. */
const maxExpandedCharacters = 4_000_000;

export type ExpandOptions = Pick<WordOptions, 'keepQuotes' | 'unset'>;

/** Expands variables in the texts of one Dockerfile, in bounded time and memory. */
export class Expander {
  readonly #escape: string;
  readonly #budget: WordBudget = { charactersLeft: maxExpandedCharacters };

  constructor(escape: string) {
    this.#escape = escape;
  }

  /** What the builder makes of a word; the text as it is written where the builder refuses it. */
  expand(text: string, lookup: Lookup, options: ExpandOptions = {}): string {
    if (this.#budget.charactersLeft < 0 || !/[$"'\\`]/.test(text)) return text;
    return processWord(text, lookup, { escape: this.#escape, budget: this.#budget, ...options }) ?? text;
  }
}

/** A name that an instruction declares, with its value as written; null for an ARG without one. */
export interface Declaration {
  readonly name: string;
  readonly value: string | null;
}

/** The names that ARG, ENV or LABEL declare: "A=1 B" of an ARG, "A=1 B=2" or "A 1" of the others. */
export function readDeclarations(keyword: string, operands: string, escape: string): Declaration[] {
  const words = splitWords(operands, escape);
  const [first = ''] = words;
  if (keyword !== 'ARG' && !first.includes('=')) {
    const [, name = '', value = ''] = /^([^\t-\r ]*)[\t-\r ]*(.*)$/s.exec(operands) ?? [];
    return name === '' ? [] : [{ name, value }];
  }
  return words.map((word) => {
    const equals = word.indexOf('=');
    return equals < 0 ? { name: word, value: null } : { name: word.slice(0, equals), value: word.slice(equals + 1) };
  });
}
