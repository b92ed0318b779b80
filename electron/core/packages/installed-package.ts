import type { PackageKind } from '#contract/schema/comparison.ts';

/** One installed package, as the system that installed it tells. */
export interface InstalledPackage {
  kind: PackageKind;
  name: string;
  version: string;
  /**
   * What it owns, by paths without a leading "/": single files, a folder among them standing for itself alone; or a whole
   * folder but for the packages in a node_modules of its own. Null where it does not tell.
   */
  owns: { files: string[] } | { folder: string } | null;
}
