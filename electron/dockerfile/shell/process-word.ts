import { readPattern, replaceMatches, trimEnd, trimStart } from './shell-pattern.ts';

export interface WordOptions {
  /** The character that escapes the next one. */
  readonly escape: string;
  /** Leaves quotes where they are. */
  readonly keepQuotes?: boolean;
  /** Leaves escape characters where they are. */
  readonly keepEscapes?: boolean;
  /**
   * What an expansion of a variable without a value becomes, modifiers and all, by the variable's name and the expansion's
   * text. Null, as when it is left out: what BuildKit makes of it.
   */
  readonly unset?: (name: string, written: string) => string | null;
  /** What all expansions together may still make and read; one of their own when left out. */
  readonly budget?: WordBudget;
}

/** Bounds the work of expansions: a few lines of ENV A=$A$A make a value of any length. */
export interface WordBudget {
  charactersLeft: number;
}

export type Lookup = (name: string) => string | undefined;

/** Expansions inside expansions; BuildKit has no such bound, and nobody writes five. */
const maxDepth = 50;
const maxCharacters = 1_000_000;

/** What makes BuildKit refuse a word. */
class WordFault extends Error {}

/**
 * Expands variables and removes quotes and escapes as BuildKit does: $NAME, ${NAME}, and ${NAME…} with :- - :+ + :? ? # ##
 * % %% / and //. Null for a text that BuildKit refuses: an open quote or brace, an unknown modifier, or ${NAME:?} without
 * a value; and for one beyond the budget.
 * https://docs.docker.com/reference/dockerfile/#environment-replacement
 */
export function processWord(source: string, lookup: Lookup, options: WordOptions): string | null {
  return orNull(() => new WordReader(source, lookup, options).read(null));
}

/** The same, divided at spaces that are neither quoted nor escaped. */
export function processWords(source: string, lookup: Lookup, options: WordOptions): readonly string[] | null {
  return orNull(() => {
    const words = new Words();
    new WordReader(source, lookup, options).read(words);
    return words.end();
  });
}

function orNull<T>(read: () => T): T | null {
  try {
    return read();
  } catch (thrown) {
    if (thrown instanceof WordFault) return null;
    throw thrown;
  }
}

const space = /[\t-\r \u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]/;
const nameCharacter = /[\p{L}\p{Nd}_]/u;
const specialParameters = '@*#?-$!0';

/** A run of characters that mean nothing anywhere. */
const plainRun = /[^\s\u0085$"'<\\`}/]+/y;

class Words {
  readonly #words: string[] = [];
  #word = '';

  addUnquoted(text: string): void {
    if (!space.test(text)) {
      this.#word += text;
      return;
    }
    for (const char of text) {
      if (!space.test(char)) this.#word += char;
      else this.end();
    }
  }

  addQuoted(text: string): void {
    this.#word += text;
  }

  /** Ends the word under way. */
  end(): readonly string[] {
    if (this.#word !== '') this.#words.push(this.#word);
    this.#word = '';
    return this.#words;
  }
}

class WordReader {
  readonly #source: string;
  readonly #lookup: Lookup;
  readonly #options: WordOptions;
  #at = 0;
  #depth = 0;
  #keepEscapes: boolean;
  readonly #budget: WordBudget;

  constructor(source: string, lookup: Lookup, options: WordOptions) {
    this.#source = source;
    this.#lookup = lookup;
    this.#options = options;
    this.#keepEscapes = options.keepEscapes ?? false;
    this.#budget = options.budget ?? { charactersLeft: maxCharacters };
  }

  read(words: Words | null): string {
    return this.#readUntil(null, this.#keepEscapes, words);
  }

  /** Up to `stop`, which is consumed; null reads to the end. */
  #readUntil(stop: string | null, keepEscapes: boolean, words: Words | null): string {
    const keptBefore = this.#keepEscapes;
    this.#keepEscapes = keepEscapes;
    let text = '';
    while (this.#at < this.#source.length) {
      const char = this.#source[this.#at] ?? '';
      if (char === stop) {
        this.#at += 1;
        this.#keepEscapes = keptBefore;
        return text;
      }
      if (char === '$') {
        const value = this.#readDollar();
        text += value;
        words?.addUnquoted(value);
      } else if (char === '"' || char === "'" || char === '<') {
        const quoted = char === '<' ? this.#readLess() : char === '"' ? this.#readDouble() : this.#readSingle();
        text += quoted;
        words?.addQuoted(quoted);
      } else if (char === this.#options.escape) {
        const escaped = this.#readEscape();
        text += escaped;
        words?.addQuoted(escaped);
      } else {
        const plain = this.#readPlainRun() || char;
        this.#at += plain.length;
        text += plain;
        words?.addUnquoted(plain);
      }
    }
    if (stop !== null) throw new WordFault(`no ${stop}`);
    return text;
  }

  #readPlainRun(): string {
    plainRun.lastIndex = this.#at;
    return plainRun.exec(this.#source)?.[0] ?? '';
  }

  #readEscape(): string {
    const kept = this.#keepEscapes ? (this.#source[this.#at] ?? '') : '';
    const escaped = this.#source[this.#at + 1] ?? '';
    this.#at += 2;
    return kept + escaped;
  }

  #readSingle(): string {
    const end = this.#source.indexOf("'", this.#at + 1);
    if (end < 0) throw new WordFault("no '");
    const inner = this.#source.slice(this.#at + 1, end);
    this.#at = end + 1;
    return this.#options.keepQuotes ? `'${inner}'` : inner;
  }

  #readDouble(): string {
    const quote = this.#options.keepQuotes ? '"' : '';
    let text = quote;
    this.#at += 1;
    for (;;) {
      const char = this.#source[this.#at];
      if (char === undefined) throw new WordFault('no "');
      if (char === '"') {
        this.#at += 1;
        return text + quote;
      }
      if (char === '$') text += this.#readDollar();
      else if (char === this.#options.escape) text += this.#readEscapeInQuotes();
      else {
        const plain = this.#readPlainRun() || char;
        text += plain;
        this.#at += plain.length;
      }
    }
  }

  /** In double quotes only quotes, dollars and the escape character itself can be escaped. */
  #readEscapeInQuotes(): string {
    const { escape } = this.#options;
    const escaped = this.#source[this.#at + 1];
    const kept = this.#keepEscapes ? escape : '';
    if (escaped !== '"' && escaped !== '$' && escaped !== escape) {
      this.#at += 1;
      return escaped === undefined ? kept : kept + escape;
    }
    this.#at += 2;
    return kept + escaped;
  }

  /** Two of them may open a heredoc, whose name may follow after spaces that divide no words. */
  #readLess(): string {
    const opener = /<(?:<[\t\r ]*)?/y;
    opener.lastIndex = this.#at;
    const text = opener.exec(this.#source)?.[0] ?? '';
    this.#at += text.length;
    return text;
  }

  #readDollar(): string {
    this.#depth += 1;
    if (this.#depth > maxDepth) throw new WordFault('too deep');
    const start = this.#at;
    this.#at += 1;
    const value = this.#source[this.#at] === '{' ? this.#readBraced(start) : this.#readPlain();
    this.#depth -= 1;
    this.#spend(value.length);
    return value;
  }

  #spend(characters: number): void {
    this.#budget.charactersLeft -= characters;
    if (this.#budget.charactersLeft < 0) throw new WordFault('too long');
  }

  #readPlain(): string {
    const name = this.#readName();
    if (name === '') return '$';
    return this.#lookup(name) ?? this.#replaceUnset(name, `$${name}`) ?? '';
  }

  #readBraced(start: number): string {
    this.#at += 1;
    const first = this.#source[this.#at];
    if (first === undefined || first === '{' || first === '}' || first === ':') throw new WordFault('substitution');
    const name = this.#readName();
    const value = this.#lookup(name);
    const modifier = this.#source[this.#at] ?? '';
    this.#at += 1;
    if (modifier === '}') return value ?? this.#replaceUnset(name, `\${${name}}`) ?? '';
    const expanded = modifier === '/' ? this.#readReplacement(value) : this.#readModified(modifier, value);
    const replaced = value === undefined ? this.#replaceUnset(name, this.#source.slice(start, this.#at)) : null;
    return replaced ?? expanded() ?? this.#refuse();
  }

  /** Reads a modifier and its word; gives what they make of the value, null where BuildKit refuses it. */
  #readModified(written: string, value: string | undefined): () => string | null {
    const emptyIsUnset = written === ':';
    const modifier = emptyIsUnset ? (this.#source[this.#at++] ?? '') : written;
    const trims = modifier === '#' || modifier === '%';
    if (emptyIsUnset && trims) throw new WordFault('modifier');
    const word = this.#readUntil('}', trims, null);
    const isSet = value !== undefined && !(emptyIsUnset && value === '');
    if (modifier === '-') return () => (isSet ? value : word);
    if (modifier === '+') return () => (isSet ? word : '');
    if (modifier === '?') return () => (isSet ? value : null);
    if (!trims) throw new WordFault('modifier');
    return () => {
      this.#spend(value?.length ?? 0);
      const longest = word.startsWith(modifier);
      const pattern = readPattern(longest ? word.slice(1) : word);
      return pattern && (modifier === '#' ? trimStart : trimEnd)(value ?? '', pattern, longest);
    };
  }

  #readReplacement(value: string | undefined): () => string | null {
    const every = this.#source[this.#at] === '/';
    if (every) this.#at += 1;
    const pattern = readPattern(this.#readUntil('/', true, null));
    const replacement = this.#readUntil('}', true, null);
    return () => {
      this.#spend(value?.length ?? 0);
      return pattern && replaceMatches(value ?? '', pattern, replacement, every);
    };
  }

  #refuse(): never {
    throw new WordFault('expansion');
  }

  #replaceUnset(name: string, written: string): string | null {
    return this.#options.unset?.(name, written) ?? null;
  }

  /** Digits alone, one special parameter, or letters, digits and underscores. */
  #readName(): string {
    const start = this.#at;
    const isDigits = /\d/.test(this.#source[start] ?? '');
    if (!isDigits && specialParameters.includes(this.#source[start] ?? ' ')) {
      this.#at += 1;
      return this.#source.slice(start, this.#at);
    }
    const part = isDigits ? /\d/ : nameCharacter;
    while (part.test(this.#source[this.#at] ?? '')) this.#at += 1;
    return this.#source.slice(start, this.#at);
  }
}
