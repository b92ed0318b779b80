import type { PackageKind } from '#contract/schema/comparison.ts';
import { apkParser } from './parsers/apk-parser.ts';
import { dpkgParser } from './parsers/dpkg-parser.ts';
import { npmParser } from './parsers/npm-parser.ts';
import type { PackageParser } from './parsers/package-parser.ts';
import { pipParser } from './parsers/pip-parser.ts';
import { rpmParser } from './parsers/rpm-parser.ts';

/** The parser of every kind of package. */
export const parsers: Readonly<Record<PackageKind, PackageParser>> = {
  dpkg: dpkgParser,
  apk: apkParser,
  rpm: rpmParser,
  pip: pipParser,
  npm: npmParser
};
