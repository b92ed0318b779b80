/**
 * Expands $NAME, ${NAME}, ${NAME:-word}, ${NAME-word}, ${NAME:+word} and ${NAME+word} as Dockerfiles do; an escaped
 * dollar stays a dollar. Names that are unknown to `lookup` become empty. What is not well formed stays as it is.
 * https://docs.docker.com/reference/dockerfile/#environment-replacement
 */
export function expandVariables(text: string, lookup: (name: string) => string | undefined): string {
  return text.replace(
    /\\\$|\$(?:([A-Za-z_]\w*)|\{([A-Za-z_]\w*)(?:(:?[-+])([^{}]*))?\})/g,
    (match: string, plain?: string, braced?: string, operator?: string, word?: string) => {
      const name = plain ?? braced;
      if (name === undefined) return '$';
      const value = lookup(name);
      if (operator === undefined) return value ?? '';
      const set = value !== undefined && (value !== '' || !operator.startsWith(':'));
      const chosen = operator.endsWith('-') ? (set ? value : word) : set ? word : '';
      return expandWord(chosen ?? '', lookup, match);
    }
  );
}

function expandWord(word: string, lookup: (name: string) => string | undefined, match: string): string {
  return word.length < match.length && word.includes('$') ? expandVariables(word, lookup) : word;
}

/** Removes the quotes around a whole value: "a" and 'a' are a. */
export function unquote(value: string): string {
  const quoted = /^(["'])(.*)\1$/s.exec(value);
  return quoted?.[2] ?? value;
}

/**
 * The names that the arguments of an ARG or ENV declare, each with its value without quotes, undefined when none is
 * given: "A=1 B" of an ARG, "A=1 B=2" or "A 1" of an ENV.
 */
export function readDeclarations(keyword: 'ARG' | 'ENV', argumentsText: string): [string, string | undefined][] {
  const words = argumentsText.match(/(?:[^\s"']|"[^"]*"|'[^']*')+/g) ?? [];
  const [first = '', ...others] = words;
  if (keyword === 'ENV' && !first.includes('=')) return [[first, others.join(' ')]];
  return words.map((word) => {
    const equals = word.indexOf('=');
    return equals < 0 ? [word, undefined] : [word.slice(0, equals), unquote(word.slice(equals + 1))];
  });
}
