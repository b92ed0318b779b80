import type { ImageFiles } from '../../analysis/image-files.ts';
import type { RequestedText } from '../database-texts.ts';
import { childOf, findOnce, type PackageDatabase, type PackageParser } from './package-parser.ts';
import { readRpmDatabase } from './read-rpm-database.ts';

const folders = ['usr/lib/sysimage/rpm', 'var/lib/rpm'];
const sqlitePaths = folders.map((folder) => `${folder}/rpmdb.sqlite`);
/** rpm's ndb and Berkeley DB, which are not supported. */
const otherPaths = folders.flatMap((folder) => [`${folder}/Packages.db`, `${folder}/Packages`]);

export const rpmParser: PackageParser = {
  findDatabases: (files, request) => [...findOthers(files), ...findSqlite(files, request)]
};

function findOthers(files: ImageFiles): PackageDatabase[] {
  return findOnce(files, otherPaths).map((node) => ({
    path: files.pathOf(node),
    main: { text: null, reason: 'format' },
    parse: () => null
  }));
}

/** Includes the log with changes that are not in it yet. */
function findSqlite(files: ImageFiles, request: (node: number) => RequestedText): PackageDatabase[] {
  return findOnce(files, sqlitePaths).map((database) => {
    const log = childOf(files, files.parentOf(database), `${files.nameOf(database)}-wal`);
    const requested = log === null ? null : request(log);
    return {
      path: files.pathOf(database),
      main: request(database),
      parse: ({ bytes }) => (requested?.text === null ? null : readRpmDatabase(bytes(), requested?.bytes() ?? null))
    };
  });
}
