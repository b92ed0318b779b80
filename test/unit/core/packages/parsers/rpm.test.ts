import fc from 'fast-check';
import initSqlite from 'sql.js';
import { describe, expect, test } from 'vitest';
import { parseRpm } from '#core/packages/parsers/parse-rpm.ts';
import { readRpmDatabase } from '#core/packages/parsers/read-rpm-database.ts';
import { makeRpmBlob, type RpmValue } from './rpm-blob.ts';

const bash: Record<number, RpmValue> = {
  1000: 'bash',
  1001: '5.2.26',
  1002: '3.fc40',
  1116: [0, 1, 0],
  1117: ['bash', 'bash', 'sh'],
  1118: ['/usr/bin/', '/usr/share/doc/']
};
const found = {
  kind: 'rpm',
  name: 'bash',
  version: '5.2.26-3.fc40',
  owns: { files: ['usr/bin/bash', 'usr/share/doc/bash', 'usr/bin/sh'] }
};
const named = (name: string): Buffer => makeRpmBlob({ ...bash, 1000: name });
const without = (...tags: number[]): Buffer =>
  makeRpmBlob(Object.fromEntries(Object.entries(bash).filter(([tag]) => !tags.includes(Number(tag)))));

describe('a header of rpm', () => {
  test('has name, version and files', () => {
    expect(parseRpm(makeRpmBlob(bash))).toEqual(found);
    expect(parseRpm(makeRpmBlob({ ...bash, 1003: [0] }))?.version).toBe('0:5.2.26-3.fc40');
    expect(parseRpm(without(1116, 1117, 1118))?.owns).toEqual({ files: [] });
    expect(parseRpm(makeRpmBlob({ ...bash, 1027: ['/bin/bash'] }))?.owns).toBeNull();
  });

  test.each<[string, Buffer]>([
    ['nothing', Buffer.alloc(0)],
    ['no name', without(1000)],
    ['no version', without(1001)],
    ['no folders', without(1118)],
    ['fewer folders than its files have', makeRpmBlob({ ...bash, 1116: [0, 1, 2] })],
    ['fewer files than directory indexes', makeRpmBlob({ ...bash, 1116: [0, 1] })],
    ['an epoch that is not a number', makeRpmBlob({ ...bash, 1003: 'one' })],
    ['a name that is a list', makeRpmBlob({ ...bash, 1000: ['bash'] })],
    ['a path that is too long', makeRpmBlob({ ...bash, 1118: ['/usr/bin/', 'x'.repeat(5000)] })],
    ['bytes after its end', Buffer.concat([makeRpmBlob(bash), Buffer.alloc(1)])],
    ['no end', makeRpmBlob(bash).subarray(0, -1)]
  ])('with %s is damaged', (_, blob) => {
    expect(parseRpm(blob)).toBeNull();
  });

  test('is parsed or damaged, for any bytes', () => {
    const valid = makeRpmBlob({ ...bash, 1003: [1] });
    const edits = fc.array(fc.tuple(fc.nat(valid.length - 1), fc.integer({ min: 0, max: 255 })), { minLength: 1 });
    fc.assert(
      fc.property(fc.oneof(edits, fc.uint8Array({ maxLength: 200 })), (input) => {
        const blob = input instanceof Uint8Array ? Buffer.from(input) : Buffer.from(valid);
        if (!(input instanceof Uint8Array)) for (const [at, byte] of input) blob[at] = byte;
        const one = parseRpm(blob);
        expect(one === null || (one.kind === 'rpm' && one.name !== '' && one.version.includes('-'))).toBe(true);
      }),
      { numRuns: 2000 }
    );
  });
});

const tableOfRpm = "CREATE TABLE 'Packages' (hnum INTEGER PRIMARY KEY AUTOINCREMENT, blob BLOB NOT NULL)";

/** A database with these rows, like rpm's own. */
async function databaseOf(blobs: Buffer[], table = tableOfRpm): Promise<Buffer> {
  const database = new (await initSqlite()).Database();
  database.run(table);
  for (const blob of blobs) database.run('INSERT INTO Packages (blob) VALUES (?)', [blob]);
  const bytes = Buffer.from(database.export());
  database.close();
  return bytes;
}

describe("rpm's database", () => {
  test('has its packages, but no signature keys', async () => {
    expect(await readRpmDatabase(await databaseOf([named('gpg-pubkey'), makeRpmBlob(bash)]), null)).toEqual([found]);
    expect(await readRpmDatabase(await databaseOf([named('gpg-pubkey')]), null)).toEqual([]);
    expect(await readRpmDatabase(Buffer.alloc(0), null)).toEqual([]);
  });

  test('is read if it is in write-ahead log mode', async () => {
    const bytes = await databaseOf([makeRpmBlob(bash)]);
    bytes.fill(2, 18, 20);
    expect(await readRpmDatabase(bytes, null)).toEqual([found]);
  });

  test('is damaged if one of its headers is', async () => {
    expect(await readRpmDatabase(await databaseOf([makeRpmBlob(bash), Buffer.from('no header')]), null)).toBeNull();
    expect(await readRpmDatabase(Buffer.from('SQLite format 3'), null)).toBeNull();
    expect(await readRpmDatabase((await databaseOf([makeRpmBlob(bash)])).subarray(0, 4096), null)).toBeNull();
  });

  test("is damaged if its table is not rpm's", async () => {
    const computed = `CREATE TABLE Packages (hnum INTEGER PRIMARY KEY, a, blob AS (zeroblob(100000000)))`;
    const endless = `CREATE VIEW Packages AS WITH RECURSIVE n(blob) AS (SELECT 1 UNION ALL SELECT blob FROM n) SELECT * FROM n`;
    for (const table of [computed, endless, 'CREATE TABLE Names (name TEXT)']) {
      expect(await readRpmDatabase(await databaseOf([], table), null)).toBeNull();
    }
  });

  test('is read or damaged, for any bytes', async () => {
    const valid = await databaseOf(Array.from({ length: 40 }, (_, i) => named(`package-${i}`.repeat(20))));
    const edits = fc.array(fc.tuple(fc.nat(valid.length - 1), fc.integer({ min: 0, max: 255 })), { minLength: 1 });
    await fc.assert(
      fc.asyncProperty(edits, async (changes) => {
        const bytes = Buffer.from(valid);
        for (const [at, byte] of changes) bytes[at] = byte;
        const packages = await readRpmDatabase(bytes, null);
        expect(packages === null || packages.every(({ kind }) => kind === 'rpm')).toBe(true);
      }),
      { numRuns: 200 }
    );
  });
});
