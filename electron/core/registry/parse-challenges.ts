/** One authentication scheme offered by a registry. Scheme and parameter names are lower-case. */
export interface Challenge {
  readonly scheme: string;
  readonly parameters: ReadonlyMap<string, string>;
}

const LIMIT_CHARACTERS = 8192;
const LIMIT_CHALLENGES = 16;

const schemePattern = /^[\s,]*([A-Za-z][\w-]*)(?=\s|,|$)(?!\s*=)/;
const parameterPattern = /^[\s,]*([\w-]+)\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^\s,"]+))/;

/**
 * Parses the challenges of a WWW-Authenticate header; several headers may be joined by commas, so a comma separates
 * both
 * challenges and parameters. Parsing stops at the first text that is neither. RFC 9110, section 11.6.1.
 */
export function parseChallenges(header: string | null): Challenge[] {
  let rest = (header ?? '').slice(0, LIMIT_CHARACTERS);
  const challenges: { scheme: string; parameters: Map<string, string> }[] = [];
  while (challenges.length <= LIMIT_CHALLENGES) {
    const parameter = parameterPattern.exec(rest);
    const current = challenges.at(-1);
    if (parameter !== null && current !== undefined) {
      const [matched, name = '', quoted, bare = ''] = parameter;
      const value = quoted === undefined ? bare : quoted.replace(/\\(.)/g, '$1');
      if (!current.parameters.has(name.toLowerCase())) current.parameters.set(name.toLowerCase(), value);
      rest = rest.slice(matched.length);
      continue;
    }
    const scheme = schemePattern.exec(rest);
    if (scheme === null) break;
    challenges.push({ scheme: (scheme[1] ?? '').toLowerCase(), parameters: new Map() });
    rest = rest.slice(scheme[0].length);
  }
  return challenges.slice(0, LIMIT_CHALLENGES);
}
