/** Stands in the place of a value that looks secret. Its length tells nothing. */
export const mask = '••••••••';

/** Words of a name that hold secrets; "auth" alone is too often a setting. */
const secretWords = new Set([
  'password',
  'passwd',
  'passphrase',
  'pwd',
  'pass',
  'secret',
  'secrets',
  'token',
  'credential',
  'credentials'
]);
const secretPairs = /(api|private|access|secret|signing|encryption|master|account|license)_?key/;
/** What a name ends in whose value only says where or how. */
const harmlessEnds = new Set([
  'file',
  'path',
  'dir',
  'url',
  'uri',
  'host',
  'name',
  'user',
  'length',
  'ttl',
  'expiry',
  'enabled',
  'type'
]);
const harmlessValue = /^(|true|false|yes|no|on|off|none|null|\d{1,6})$/i;

/** Tokens and keys by their own look: GitHub, GitLab, npm, Slack, AWS, Google, a JWT, a private key, a login in a URL. */
const secretLooks = [
  /\bgh[pousr]_[A-Za-z0-9]{20,}/,
  /\bgithub_pat_\w{20,}/,
  /\bglpat-[\w-]{16,}/,
  /\bnpm_[A-Za-z0-9]{30,}/,
  /\bxox[abprs]-[\w-]{10,}/,
  /\b(AKIA|ASIA)[A-Z0-9]{16}\b/,
  /\bAIza[\w-]{30,}/,
  /\beyJ[\w-]{8,}\.[\w-]{8,}\.[\w-]*/,
  /-----BEGIN [A-Z ]*PRIVATE KEY-----/,
  /:\/\/[^\s/:@]*:[^\s/@]+@/
];

/** Whether a variable's or label's value ought not to be shown to whoever looks over the shoulder. */
export function looksSecret(name: string, value: string): boolean {
  if (harmlessValue.test(value)) return false;
  if (secretLooks.some((look) => look.test(value))) return true;
  const words = name
    .replace(/([a-z0-9])([A-Z])/g, '$1_$2')
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter((word) => word !== '');
  if (harmlessEnds.has(words.at(-1) ?? '')) return false;
  return words.some((word) => secretWords.has(word)) || secretPairs.test(words.join('_'));
}

/** A line with the values masked that look secret: of NAME=value words, and by their own look. */
export function maskLine(line: string): string {
  const named = line.replace(/([A-Za-z_][\w.-]*)=("[^"]*"|'[^']*'|\S*)/g, (whole, name: string, value: string) =>
    looksSecret(name, value.replace(/^["']|["']$/g, '')) ? `${name}=${mask}` : whole
  );
  return secretLooks.reduce((text, look) => text.replace(new RegExp(look.source, 'g'), mask), named);
}
