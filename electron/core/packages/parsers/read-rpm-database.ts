import type { Database } from 'sql.js';
import { applyWriteAheadLog } from './apply-write-ahead-log.ts';
import type { InstalledPackage } from '../installed-package.ts';
import { parseRpm } from './parse-rpm.ts';

/**
 * Created by rpm as `'Packages' (hnum INTEGER PRIMARY KEY AUTOINCREMENT, blob BLOB NOT NULL)`, without computed
 * columns.
 */
const plainTable = /^CREATE TABLE ['"]?Packages['"]? ?\([\w\s,]+\)$/;
/** Signature keys are stored as packages. */
const keyName = 'gpg-pubkey';

/**
 * Reads rpm's SQLite database, used since rpm 4.16, and the log that remains next to it if rpm did not exit
 * cleanly. Null if any part of it is damaged: an omitted package would look as if
 * it were not installed. SQLite is loaded on first use.
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
    // SQLite reports damaged pages as errors wherever it finds them.
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
    // Rows that share pages can add up to more than the file's size.
    readBytes += blob.length;
    const found = readBytes <= fileBytes ? parseRpm(Buffer.from(blob.buffer, blob.byteOffset, blob.length)) : null;
    if (!found) return null;
    if (found.name !== keyName) packages.push(found);
  }
  return packages;
}
