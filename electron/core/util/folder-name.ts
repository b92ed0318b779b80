import { basename } from 'node:path';

/** A folder's own name; a root such as "/" or "C:\\" is named as it is written. */
export function folderName(path: string): string {
  return basename(path) || path;
}
