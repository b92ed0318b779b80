import type { InstalledPackage } from '../installed-package.ts';

/**
 * Parses a dpkg status file, or one of distroless images' `status.d`; partly removed packages are
 * ignored. `listOf` returns the text of `info/NAME.list`, or null:
 * https://man7.org/linux/man-pages/man1/dpkg-query.1.html
 */
export function parseDpkg(status: string, listOf: (name: string) => string | null): InstalledPackage[] {
  return status.split(/\n\s*\n/).flatMap((paragraph): InstalledPackage[] => {
    const field = (name: string): string | undefined =>
      new RegExp(`^${name}:[ \\t]*(.*)$`, 'm').exec(paragraph)?.[1]?.trim();
    const name = field('Package');
    const state = field('Status');
    if (name === undefined || name === '' || (state !== undefined && !state.endsWith(' installed'))) return [];
    // If a package can be installed for several architectures, its list's name contains the architecture.
    const list = listOf(name) ?? listOf(`${name}:${field('Architecture') ?? ''}`);
    const files = list?.split('\n').map((path) => path.replace(/^\/+/, ''));
    const owned = files?.filter((path) => path !== '' && path !== '.');
    return [{ kind: 'dpkg', name, version: field('Version') ?? '', owns: owned ? { files: owned } : null }];
  });
}
