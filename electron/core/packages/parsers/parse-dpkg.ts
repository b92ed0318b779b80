import type { InstalledPackage } from '../installed-package.ts';

/**
 * The packages of a dpkg status file, or of one of distroless images' `status.d`; those that are only half removed are
 * none. `listOf` gives the text of `info/NAME.list`, or null: https://man7.org/linux/man-pages/man1/dpkg-query.1.html
 */
export function parseDpkg(status: string, listOf: (name: string) => string | null): InstalledPackage[] {
  return status.split(/\n\s*\n/).flatMap((paragraph): InstalledPackage[] => {
    const field = (name: string): string | undefined =>
      new RegExp(`^${name}:[ \\t]*(.*)$`, 'm').exec(paragraph)?.[1]?.trim();
    const name = field('Package');
    const state = field('Status');
    if (name === undefined || name === '' || (state !== undefined && !state.endsWith(' installed'))) return [];
    // Of packages that may be there for several architectures, the list's name tells which.
    const list = listOf(name) ?? listOf(`${name}:${field('Architecture') ?? ''}`);
    const files = list?.split('\n').map((path) => path.replace(/^\/+/, ''));
    const owned = files?.filter((path) => path !== '' && path !== '.');
    return [{ kind: 'dpkg', name, version: field('Version') ?? '', owns: owned ? { files: owned } : null }];
  });
}
