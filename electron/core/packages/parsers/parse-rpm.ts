import type { InstalledPackage } from '../installed-package.ts';
import { RpmHeader } from './rpm-header.ts';

/** https://rpm-software-management.github.io/rpm/manual/tags.html */
const tags = {
  name: 1000,
  version: 1001,
  release: 1002,
  epoch: 1003,
  /** Full paths, in packages from before rpm 4. */
  oldFileNames: 1027,
  folderOfFile: 1116,
  fileNames: 1117,
  folders: 1118
};

/** Max path length on Linux. */
const maxPathBytes = 4096;

/**
 * The package of a header of rpm's database; null if the header is damaged. Its version is "[EPOCH:]VERSION-RELEASE".
 */
export function parseRpm(blob: Buffer): InstalledPackage | null {
  const header = RpmHeader.of(blob);
  const name = header?.text(tags.name);
  const version = header?.text(tags.version);
  const release = header?.text(tags.release);
  if (!header || !name || !version || !release) return null;
  const epoch = header.has(tags.epoch) ? header.numbers(tags.epoch)?.[0] : null;
  const owns = filesOf(header);
  if (epoch === undefined || owns === undefined) return null;
  return { kind: 'rpm', name, version: `${epoch === null ? '' : `${epoch}:`}${version}-${release}`, owns };
}

/** Undefined if damaged. A package without files has none of the tags. */
function filesOf(header: RpmHeader): InstalledPackage['owns'] | undefined {
  if (header.has(tags.oldFileNames)) return null;
  if (!header.has(tags.fileNames)) return { files: [] };
  const names = header.texts(tags.fileNames);
  const folders = header.texts(tags.folders)?.map((folder) => folder.replace(/^\/+/, ''));
  const folderOfFile = header.numbers(tags.folderOfFile);
  if (!names || !folders || folderOfFile?.length !== names.length) return undefined;
  const files: string[] = [];
  for (const [i, name] of names.entries()) {
    const folder = folders[folderOfFile[i] ?? -1];
    if (folder === undefined || folder.length + name.length > maxPathBytes) return undefined;
    files.push(folder + name);
  }
  return { files };
}
