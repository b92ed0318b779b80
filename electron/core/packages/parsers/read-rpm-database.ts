import type { Database } from 'sql.js';
import { applyWriteAheadLog } from './apply-write-ahead-log.ts';
import type { InstalledPackage } from '../installed-package.ts';
import { parseRpm } from './parse-rpm.ts';

/** As rpm makes it: `'Packages' (hnum INTEGER PRIMARY KEY AUTOINCREMENT, blob BLOB NOT NULL)`. Nothing in it is computed. */
const plainTable = /^CREATE TABLE ['"]?Packages['"]? ?\([\w\s,]+\)$/;
/** Keys of signatures are kept beside the packages. */
const keyName = 'gpg-pubkey';

/**
 * The packages of rpm's database in SQLite, as it is since rpm 4.16, and of the log beside it that an rpm leaves which
 * did not end well. Null when it is damaged, also where only a part of it is: a package that is left out would look as if
 * it were not installed. SQLite is loaded with the first one.
 */
export async function readRpmDatabase(file: Buffer, log: Buffer | null): Promise<InstalledPackage[] | null> {
  const bytes = log ? applyWriteAheadLog(file, log) : file;
  if (bytes.length === 0) return [];
  const { default: initSqlite } = await import('sql.js');
  const sqlite = await initSqlite();
  const database = new sqlite.Database(bytes);
  try {
    return readTable(database, bytes.length);
  } catch {
    // SQLite tells by its own errors that pages are damaged, wherever it comes upon them.
    return null;
  } finally {
    database.close();
  }
}

function readTable(database: Database, fileBytes: number): InstalledPackage[] | null {
  const [table] = database.exec("SELECT sql FROM sqlite_master WHERE name = 'Packages'");
  if (!plainTable.test(String(table?.values[0]?.[0]))) return null;
  const rows = database.prepare('SELECT blob FROM Packages');
  const packages: InstalledPackage[] = [];
  let readBytes = 0;
  while (rows.step()) {
    const [blob] = rows.get();
    if (!(blob instanceof Uint8Array)) return null;
    // Rows whose pages are one another's are more than the file has.
    readBytes += blob.length;
    const found = readBytes <= fileBytes ? parseRpm(Buffer.from(blob.buffer, blob.byteOffset, blob.length)) : null;
    if (!found) return null;
    if (found.name !== keyName) packages.push(found);
  }
  return packages;
}
