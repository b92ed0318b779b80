import {
  harmlessEnds,
  harmlessNames,
  harmlessStarts,
  harmlessWords,
  passwordWords,
  qualifiers,
  secretKeyOwners,
  secretLastWords,
  secretNames,
  secretTokenOwners,
  secretWords
} from './secret-patterns.ts';

/** Max characters of a name that are read, from its end. */
const nameLimit = 200;

const endsInSecretWord = new RegExp(`(?:${secretWords.join('|')})$`);
const endsInSecretName = new RegExp(`(?:^|_)(?:${secretNames.join('|')})$`);
const secretKey = new RegExp(
  `(?:^|_)(?:${secretKeyOwners.join('|')})_?keys?(?:_|$)|(?:access|api|auth|private|secret|signing)keys?(?:_|$)`
);
const secretTokens = new RegExp(`(?:${secretTokenOwners.join('|')})_?tokens(?:_|$)`);
/** Parts of every secret's name; most names do not match. */
const secretPart = /pass|pwd|secret|token|key|cred|auth|pat|jwt|bearer|mnemonic|phrase/i;
/** npm's own key for a login: "_auth", "//registry/:_auth", NPM_CONFIG__AUTH. */
const npmAuth = /(?:^|[^a-z0-9])_auth$/i;

/**
 * Whether a variable, build argument, label, option, header or key of this name contains a secret. The name may be
 * written
 * in any case and with any separators: DB_PASSWORD, dbPassword, db-password, db.password.
 */
export function isSecretName(name: string): boolean {
  const end = name.slice(-nameLimit);
  if (!secretPart.test(end)) return false;
  if (npmAuth.test(end)) return true;
  const words = splitWords(end);
  while (words.length > 1 && isQualifier(words.at(-1) ?? '')) words.pop();
  const joined = words.join('_');
  if (words.length === 0 || harmlessNames.has(joined)) return false;
  if (harmlessStarts.has(words[0] ?? '')) return false;
  if (endsInSecretName.test(joined)) return true;
  const last = words.at(-1) ?? '';
  if (harmlessEnds.has(last) || harmlessWords.has(last)) return false;
  return (
    words.some((word) => endsInSecretWord.test(withoutNumber(word))) ||
    isLastWordSecret(withoutNumber(last)) ||
    secretKey.test(joined) ||
    secretTokens.test(joined)
  );
}

/** Whether a secret's name means a password: then a number is a secret too. */
export function isPasswordName(name: string): boolean {
  return splitWords(name.slice(-nameLimit)).some((word) => passwordWords.test(withoutNumber(word)));
}

/** Short words count only by themselves: "spat" is not a token; but "dbpass" and "mysqlpwd" are passwords. */
function isLastWordSecret(word: string): boolean {
  return secretLastWords.has(word) || /(?:pass|pwd)$/.test(word);
}

function isQualifier(word: string): boolean {
  return qualifiers.has(word) || /^\d+$/.test(word);
}

function splitWords(name: string): string[] {
  return name
    .replace(/([a-z0-9])([A-Z])/g, '$1_$2')
    .replace(/([A-Z])([A-Z][a-z])/g, '$1_$2')
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter((word) => word !== '');
}

function withoutNumber(word: string): string {
  return word.replace(/\d{1,8}$/, '');
}
