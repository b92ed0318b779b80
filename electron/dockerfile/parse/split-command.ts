export interface Flag {
  /** Lower case. */
  readonly name: string;
  /** Without quotes and escapes; null for a flag without a value. */
  readonly value: string | null;
}

/** An instruction's line divided into its parts. */
export interface CommandParts {
  /** As written. */
  readonly keyword: string;
  /** All after the keyword. */
  readonly argumentsText: string;
  readonly flags: readonly Flag[];
  /** All after the flags. */
  readonly operands: string;
}

const blank = /[\t-\r ]/;

/** Divides the joined line of an instruction as BuildKit does. */
export function splitCommand(line: string, escape: string): CommandParts {
  const trimmed = line.trim();
  const keyword = /^[^\t-\r ]*/.exec(trimmed)?.[0] ?? '';
  const argumentsText = trimmed.slice(keyword.length).trim();
  const { words, end } = readFlagWords(argumentsText, escape);
  const flags = words.map((word) => {
    const [, name = '', value] = /^--([^=]*)(?:=(.*))?$/s.exec(word) ?? [];
    return { name: name.toLowerCase(), value: value ?? null };
  });
  return { keyword, argumentsText, flags, operands: argumentsText.slice(end).trim() };
}

/** The words at the start that begin with two dashes, up to one of two dashes only. */
function readFlagWords(text: string, escape: string): { words: string[]; end: number } {
  const words: string[] = [];
  let at = 0;
  for (;;) {
    while (blank.test(text[at] ?? '')) at += 1;
    if (!text.startsWith('--', at)) return { words, end: at };
    const { word, end } = readFlagWord(text, at, escape);
    at = end;
    if (word === '--') return { words, end };
    words.push(word);
  }
}

function readFlagWord(text: string, start: number, escape: string): { word: string; end: number } {
  let word = '';
  let quote: string | null = null;
  let at = start;
  for (; at < text.length; at++) {
    const char = text[at] ?? '';
    if (quote === null && blank.test(char)) break;
    if (char === escape) {
      at += 1;
      word += text[at] ?? '';
    } else if (quote === null && (char === '"' || char === "'")) quote = char;
    else if (char === quote) quote = null;
    else word += char;
  }
  return { word, end: Math.min(at, text.length) };
}
