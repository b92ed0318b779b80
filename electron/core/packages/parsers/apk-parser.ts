import { findOnce, parseSome, type PackageParser } from './package-parser.ts';
import { parseApk } from './parse-apk.ts';

export const apkParser: PackageParser = {
  findDatabases: (files, request) =>
    findOnce(files, ['lib/apk/db/installed', 'usr/lib/apk/db/installed']).map((node) => ({
      path: files.pathOf(node),
      main: request(node),
      parse: ({ text }) => parseSome(text(), parseApk)
    }))
};
