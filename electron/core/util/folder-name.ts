import { basename } from 'node:path';

/** A folder's name; for a root such as "/" or "C:\\" the root itself. */
export function folderName(path: string): string {
  return basename(path) || path;
}
