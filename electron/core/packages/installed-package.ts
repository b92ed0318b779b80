import type { PackageKind } from '#contract/schema/comparison.ts';

/** One installed package, as recorded by its package manager. */
export interface InstalledPackage {
  kind: PackageKind;
  name: string;
  version: string;
  /**
   * The files it owns, by paths without a leading "/": single files, where a directory means only itself; or a complete
   * directory except for the packages in its nested node_modules. Null if it does not record them.
   */
  owns: { files: string[] } | { folder: string } | null;
}
