import { posix } from 'node:path';
import type { InstalledPackage } from '../installed-package.ts';

/**
 * The package of a directory "site-packages/NAME.dist-info": its METADATA, and its RECORD of files or null.
 * https://packaging.python.org/en/latest/specifications/recording-installed-packages/
 */
export function parsePip(folder: string, metadata: string, record: string | null): InstalledPackage | null {
  const head = metadata.split(/\r?\n\r?\n/, 1)[0] ?? '';
  const field = (name: string): string => new RegExp(`^${name}:[ \\t]*(.*)$`, 'im').exec(head)?.[1]?.trim() ?? '';
  const name = field('Name');
  if (name === '') return null;
  const site = posix.dirname(folder);
  const files = record?.split(/\r?\n/).flatMap((line) => {
    const path = pathOfRow(line);
    if (path === '') return [];
    const relativePath = path.startsWith('/')
      ? posix.normalize(path).slice(1)
      : posix.normalize(posix.join(site, path));
    return relativePath.startsWith('../') ? [] : [relativePath];
  });
  return { kind: 'pip', name, version: field('Version'), owns: files ? { files } : null };
}

/** A row of RECORD is "path,hash,size"; a path with a comma is quoted. */
function pathOfRow(line: string): string {
  const quoted = /^"((?:[^"]|"")*)"/.exec(line)?.[1];
  return quoted === undefined ? (line.split(',', 1)[0] ?? '') : quoted.replaceAll('""', '"');
}
