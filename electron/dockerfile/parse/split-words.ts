/** The white space at which BuildKit divides an instruction. */
const blank = /[\t-\r ]/;

/**
 * The words of ENV, ARG and LABEL: divided at spaces that are neither quoted nor escaped, with quotes and escapes left in
 * place.
 */
export function splitWords(text: string, escape: string): string[] {
  const words: string[] = [];
  let word = '';
  let isWord = false;
  let quote: string | null = null;
  for (let at = 0; at < text.length; at++) {
    const char = text[at] ?? '';
    if (quote === null && blank.test(char)) {
      if (isWord) words.push(word);
      word = '';
      isWord = false;
      continue;
    }
    // Nothing can be escaped in single quotes, and an escape character at the end is dropped.
    if (char === escape && quote !== "'") {
      if (at + 1 < text.length) word += char + (text[at + 1] ?? '');
      isWord ||= at + 1 < text.length;
      at += 1;
      continue;
    }
    if (quote === null && (char === '"' || char === "'")) quote = char;
    else if (char === quote) quote = null;
    word += char;
    isWord = true;
  }
  if (isWord) words.push(word);
  return words;
}

/** Words divided at white space alone, as in FROM and COPY. */
export function splitAtBlanks(text: string): string[] {
  return text === '' ? [] : text.split(/[\t-\r ]+/);
}
