import type { InstalledPackage } from '../installed-package.ts';

/** Parses `lib/apk/db/installed`: https://wiki.alpinelinux.org/wiki/Apk_spec#Install_DB */
export function parseApk(installed: string): InstalledPackage[] {
  return installed.split(/\n\n+/).flatMap((paragraph): InstalledPackage[] => {
    const files: string[] = [];
    const found: InstalledPackage = { kind: 'apk', name: '', version: '', owns: { files } };
    let folder = '';
    for (const line of paragraph.split('\n')) {
      const value = line.slice(2);
      if (line.startsWith('P:')) found.name = value;
      else if (line.startsWith('V:')) found.version = value;
      else if (line.startsWith('F:')) folder = value;
      else if (line.startsWith('R:')) files.push(folder === '' ? value : `${folder}/${value}`);
    }
    return found.name === '' ? [] : [found];
  });
}
