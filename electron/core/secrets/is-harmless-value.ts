import { isPasswordName } from './is-secret-name.ts';

const switches = /^(?:|true|false|yes|no|on|off|none|null|undefined)$/i;
const masked = /^[•*]+$/;
/** A file name, as secrets are mounted: "/run/secrets/db_password". */
const path =
  /^(?:~|\.{1,2}|\/(?:app|certs?|data|etc|home|keys?|mnt|opt|root|run|secrets?|srv|ssl|tmp|usr|var))\/[\w./-]{1,200}$/;
/** References to variables, one or several: "$USER:${PASSWORD}", "$1", "${{ secrets.TOKEN }}". */
const references = /^(?:\$(?:[A-Z_][A-Z0-9_]*|\{\w+\}|[0-9@*])[:/.-]?)+$|^\$\{\{/;
const referenceLimit = 500;

/** Whether a value under a secret's name is not a secret: a switch, a count, the path of a file. */
export function isHarmlessValue(name: string, value: string): boolean {
  if (/^\d{1,6}$/.test(value)) return !isPasswordName(name);
  return switches.test(value) || masked.test(value) || path.test(value);
}

/** Whether a value in a command line is substituted only when the command runs. */
export function isReference(value: string): boolean {
  return value.length <= referenceLimit && references.test(value);
}
