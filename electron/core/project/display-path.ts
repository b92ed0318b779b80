import { sep } from 'node:path';

/** A path for display: with the home folder as ~. */
export function displayPath(path: string, home: string): string {
  if (path === home) return '~';
  return home !== '' && path.startsWith(home + sep) ? `~${path.slice(home.length)}` : path;
}
