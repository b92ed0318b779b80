import { execFileSync } from 'node:child_process';
import fc from 'fast-check';
import initSqlite from 'sql.js';
import { describe, expect, test } from 'vitest';
import { applyWriteAheadLog } from '#core/packages/parsers/apply-write-ahead-log.ts';

/** Leaves a database and its log like a killed program: one row in the file, one in the log, one not committed. */
const leave = `
import base64, os, sqlite3, sys, tempfile
with tempfile.TemporaryDirectory() as folder:
    path = os.path.join(folder, 'a.sqlite')
    db = sqlite3.connect(path, isolation_level=None)
    db.execute('PRAGMA page_size = 1024')
    db.execute('PRAGMA journal_mode = WAL')
    db.execute('PRAGMA cache_size = 1')
    db.execute('CREATE TABLE t (x)')
    db.execute("INSERT INTO t VALUES ('in the file')")
    db.execute('PRAGMA wal_checkpoint(TRUNCATE)')
    db.execute("INSERT INTO t VALUES ('in the log')")
    db.execute('BEGIN')
    for i in range(50): db.execute('INSERT INTO t VALUES (zeroblob(900))')
    for name in [path, path + '-wal']: print(base64.b64encode(open(name, 'rb').read()).decode())
`;
const [file = Buffer.alloc(0), log = Buffer.alloc(0)] = execFileSync('python3', ['-c', leave], { encoding: 'utf8' })
  .trim()
  .split('\n')
  .map((line) => Buffer.from(line, 'base64'));

async function rowsOf(bytes: Buffer): Promise<unknown[]> {
  const database = new (await initSqlite()).Database(bytes);
  const [result] = database.exec('SELECT x FROM t');
  database.close();
  return (result?.values ?? []).map(([value]) => value);
}

describe('the log next to a SQLite database', () => {
  test('contains what was committed and is not in the file yet', async () => {
    expect(log.length).toBeGreaterThan(20_000);
    expect(await rowsOf(file)).toEqual(['in the file']);
    expect(await rowsOf(applyWriteAheadLog(file, log))).toEqual(['in the file', 'in the log']);
  });

  test('counts up to its first invalid frame', async () => {
    const torn = Buffer.from(log);
    torn[32 + 24 + 5] = (torn[32 + 24 + 5] ?? 0) ^ 1;
    expect(await rowsOf(applyWriteAheadLog(file, torn))).toEqual(['in the file']);
    expect(applyWriteAheadLog(file, log.subarray(0, 40))).toBe(file);
    expect(applyWriteAheadLog(file, Buffer.alloc(0))).toBe(file);
  });

  test('leaves the database or changes it, for any bytes', () => {
    const edits = fc.array(fc.tuple(fc.nat(200), fc.integer({ min: 0, max: 255 })));
    fc.assert(
      fc.property(fc.oneof(edits, fc.uint8Array({ maxLength: 200 })), (input) => {
        const bytes = input instanceof Uint8Array ? Buffer.from(input) : Buffer.from(log);
        if (!(input instanceof Uint8Array)) for (const [at, byte] of input) bytes[at] = byte;
        expect(applyWriteAheadLog(file, bytes).length).toBeLessThanOrEqual(file.length + bytes.length);
      })
    );
  });
});
