import type { ImageFiles } from '../analysis/image-files.ts';

/** Where an image keeps what is installed. Files are numbers of its tree. */
export interface PackageDatabases {
  /** A status file; `lists` has what its packages own, by NAME or NAME:ARCHITECTURE. */
  readonly dpkg: readonly { readonly status: number; readonly lists: ReadonlyMap<string, number> }[];
  /** Distroless images have a status file a package, beside a list of its files with their md5sums. */
  readonly statusFiles: readonly { readonly status: number; readonly sums: number | null }[];
  readonly apk: readonly number[];
  readonly pip: readonly { readonly folder: string; readonly metadata: number; readonly record: number | null }[];
  readonly npm: readonly { readonly path: string; readonly manifest: number }[];
  /** With the log of what was written to it and is not in it yet. */
  readonly rpm: readonly { readonly database: number; readonly log: number | null }[];
  /** Databases of rpm in Berkeley DB or its own ndb, which are not read here. */
  readonly unreadRpm: readonly string[];
}

const apkDatabases = ['lib/apk/db/installed', 'usr/lib/apk/db/installed'];
const rpmFolders = ['usr/lib/sysimage/rpm', 'var/lib/rpm'];
const rpmDatabases = rpmFolders.map((folder) => `${folder}/rpmdb.sqlite`);
const unreadRpmDatabases = rpmFolders.flatMap((folder) => [`${folder}/Packages.db`, `${folder}/Packages`]);

/** Finds the databases of dpkg, apk, pip, npm and rpm, links on the way to them followed. Nothing is read. */
export function findDatabases(files: ImageFiles): PackageDatabases {
  return {
    dpkg: findDpkg(files),
    statusFiles: findStatusFiles(files),
    apk: findOnce(files, apkDatabases),
    pip: findDistInfos(files),
    npm: findManifests(files),
    rpm: findOnce(files, rpmDatabases).map((database) => ({ database, log: logOf(files, database) })),
    unreadRpm: findOnce(files, unreadRpmDatabases).map((node) => files.pathOf(node))
  };
}

/** Two paths may lead to one file. */
function findOnce(files: ImageFiles, paths: readonly string[]): number[] {
  return [...new Set(paths.map((path) => files.findFile(path)))].filter((node) => node >= 0);
}

function logOf(files: ImageFiles, database: number): number | null {
  return orNull(files.child(files.parentOf(database), `${files.nameOf(database)}-wal`));
}

function findDpkg(files: ImageFiles): PackageDatabases['dpkg'] {
  const status = files.findFile('var/lib/dpkg/status');
  if (status < 0) return [];
  const lists = new Map<string, number>();
  for (const [name, node] of files.childrenOf(files.findFolder('var/lib/dpkg/info'))) {
    if (name.endsWith('.list')) lists.set(name.slice(0, -'.list'.length), node);
  }
  return [{ status, lists }];
}

function findStatusFiles(files: ImageFiles): PackageDatabases['statusFiles'] {
  const folder = files.findFolder('var/lib/dpkg/status.d');
  return [...files.childrenOf(folder)]
    .filter(([name, node]) => !name.endsWith('.md5sums') && files.location(node) !== null)
    .map(([name, status]) => ({ status, sums: orNull(files.child(folder, `${name}.md5sums`)) }));
}

function findDistInfos(files: ImageFiles): PackageDatabases['pip'] {
  return [...files.named('METADATA')].flatMap((metadata) => {
    const folder = files.parentOf(metadata);
    if (!files.nameOf(folder).endsWith('.dist-info')) return [];
    return [{ folder: files.pathOf(folder), metadata, record: orNull(files.child(folder, 'RECORD')) }];
  });
}

function findManifests(files: ImageFiles): PackageDatabases['npm'] {
  return [...files.named('package.json')].flatMap((manifest) => {
    const above = files.parentOf(files.parentOf(manifest));
    const holder = files.nameOf(above).startsWith('@') ? files.parentOf(above) : above;
    return files.nameOf(holder) === 'node_modules' ? [{ path: files.pathOf(manifest), manifest }] : [];
  });
}

const orNull = (node: number): number | null => (node < 0 ? null : node);
