import type { PackageDatabase, PackageParser } from './package-parser.ts';
import { parseNpm } from './parse-npm.ts';

export const npmParser: PackageParser = {
  findDatabases: (files, request) =>
    [...files.named('package.json')].flatMap((manifest): PackageDatabase[] => {
      const above = files.parentOf(files.parentOf(manifest));
      const holder = files.nameOf(above).startsWith('@') ? files.parentOf(above) : above;
      if (files.nameOf(holder) !== 'node_modules') return [];
      const path = files.pathOf(manifest);
      // Not every package.json in such a directory is a package's: some only set the module type of the files next to them.
      const parse: PackageDatabase['parse'] = ({ text }) => [parseNpm(path, text())].filter((found) => found !== null);
      return [{ path, main: request(manifest), parse }];
    })
};
