import { formatList } from '../../format/format-list.ts';
import type { PackageKind } from '../../schema/comparison.ts';

export const packageKinds: Record<PackageKind, string> = {
  dpkg: 'dpkg',
  apk: 'apk',
  rpm: 'rpm',
  pip: 'pip',
  npm: 'npm'
};

const names = Object.values(packageKinds);

/** All of them in a sentence: "dpkg, apk, and npm". */
export const allPackageKinds = formatList(names);

/** Any of them in a sentence: "dpkg, apk, or npm". */
export const anyPackageKind = formatList(names, 'disjunction');
