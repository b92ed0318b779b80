import type { ImageFiles } from '../../analysis/image-files.ts';
import type { ReadText, RequestedText } from '../database-texts.ts';
import type { InstalledPackage } from '../installed-package.ts';

/** A database that is parsed once its texts were read. */
export interface PackageDatabase {
  /** In the image, without a leading "/". */
  readonly path: string;
  readonly main: RequestedText;
  /** Null when it is damaged. */
  readonly parse: (main: ReadText) => InstalledPackage[] | null | Promise<InstalledPackage[] | null>;
}

/** What is known of one kind of packages: where an image keeps what is installed, and how that is read. */
export interface PackageParser {
  /** Finds the databases of an image, links on the way to them followed, and requests what is to be read of them. */
  readonly findDatabases: (files: ImageFiles, request: (node: number) => RequestedText) => PackageDatabase[];
}

/** The files at these paths; two paths may lead to one file. */
export function findOnce(files: ImageFiles, paths: readonly string[]): number[] {
  return [...new Set(paths.map((path) => files.findFile(path)))].filter((node) => node >= 0);
}

/** A child of a folder; null when it is not there. */
export function childOf(files: ImageFiles, folder: number, name: string): number | null {
  const node = files.child(folder, name);
  return node < 0 ? null : node;
}

/** A text in which no package was found is damaged, unless it is empty. */
export function parseSome(text: string, parse: (text: string) => InstalledPackage[]): InstalledPackage[] | null {
  const packages = parse(text);
  return packages.length === 0 && text.trim() !== '' ? null : packages;
}
