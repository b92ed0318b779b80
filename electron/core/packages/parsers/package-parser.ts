import type { ImageFiles } from '../../analysis/image-files.ts';
import type { ReadText, RequestedText } from '../database-texts.ts';
import type { InstalledPackage } from '../installed-package.ts';

/** A database to parse once its texts are read. */
export interface PackageDatabase {
  /** In the image, without a leading "/". */
  readonly path: string;
  readonly main: RequestedText;
  /** Null if it is damaged. */
  readonly parse: (main: ReadText) => InstalledPackage[] | null | Promise<InstalledPackage[] | null>;
}

/** One kind of packages: where an image stores the installed ones, and how they are read. */
export interface PackageParser {
  /** Finds the databases of an image, following links, and requests the files to read. */
  readonly findDatabases: (files: ImageFiles, request: (node: number) => RequestedText) => PackageDatabase[];
}

/** The files at these paths; two paths may resolve to the same file. */
export function findOnce(files: ImageFiles, paths: readonly string[]): number[] {
  return [...new Set(paths.map((path) => files.findFile(path)))].filter((node) => node >= 0);
}

/** A child of a directory; null if it does not exist. */
export function childOf(files: ImageFiles, folder: number, name: string): number | null {
  const node = files.child(folder, name);
  return node < 0 ? null : node;
}

/** A text without packages is damaged, unless it is empty. */
export function parseSome(text: string, parse: (text: string) => InstalledPackage[]): InstalledPackage[] | null {
  const packages = parse(text);
  return packages.length === 0 && text.trim() !== '' ? null : packages;
}
