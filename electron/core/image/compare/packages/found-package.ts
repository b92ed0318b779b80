export type PackageKind = 'dpkg' | 'apk' | 'pip' | 'npm';

/** One installed package, as the system that installed it tells. */
export interface FoundPackage {
  kind: PackageKind;
  name: string;
  version: string;
  /** Paths without a leading "/", of what it owns; a folder among them stands for itself alone. */
  files: string[];
}
