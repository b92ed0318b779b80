const headerBytes = 32;
const frameHeaderBytes = 24;
/** The last bit means that checksums use big-endian words. */
const magic = 0x377f0682;
const pageSizes = [512, 1024, 2048, 4096, 8192, 16384, 32768, 65536];

/** Two running sums over everything written so far. */
type Sums = readonly [number, number];

/**
 * Merges a SQLite database with its write-ahead log: pages that were committed, but are not in the file yet.
 * Like SQLite, it applies complete transactions only, up to the end of the log or its first invalid frame. The result
 * is
 * never longer than both inputs together. https://www.sqlite.org/fileformat2.html#walformat
 */
export function applyWriteAheadLog(database: Buffer, log: Buffer): Buffer {
  if (log.length < headerBytes || (log.readUInt32BE(0) & ~1) >>> 0 !== magic) return database;
  const add = (log.readUInt32BE(0) & 1) === 1 ? sumBigEndian : sumLittleEndian;
  const pageBytes = log.readUInt32BE(8);
  let sums = add([0, 0], log.subarray(0, 24));
  if (!pageSizes.includes(pageBytes) || !isAt(log, 24, sums)) return database;
  const written: { number: number; page: Buffer }[] = [];
  let committed = { writtenCount: 0, bytes: 0 };
  const frameBytes = frameHeaderBytes + pageBytes;
  for (let at = headerBytes; at + frameBytes <= log.length; at += frameBytes) {
    const page = log.subarray(at + frameHeaderBytes, at + frameBytes);
    sums = add(add(sums, log.subarray(at, at + 8)), page);
    // A restarted log is followed by frames of the older one, with other salts.
    if (!log.subarray(at + 8, at + 16).equals(log.subarray(16, 24)) || !isAt(log, at + 16, sums)) break;
    written.push({ number: log.readUInt32BE(at), page });
    const pageCount = log.readUInt32BE(at + 4);
    if (pageCount > 0) committed = { writtenCount: written.length, bytes: pageCount * pageBytes };
  }
  if (committed.writtenCount === 0 || committed.bytes > database.length + log.length) return database;
  const result = Buffer.alloc(committed.bytes);
  database.copy(result);
  for (const { number, page } of written.slice(0, committed.writtenCount)) {
    // Page numbers start at 1.
    if (number > 0 && number * pageBytes <= result.length) page.copy(result, (number - 1) * pageBytes);
  }
  return result;
}

function isAt(log: Buffer, at: number, [first, second]: Sums): boolean {
  return log.readUInt32BE(at) === first && log.readUInt32BE(at + 4) === second;
}

const sumBigEndian = (sums: Sums, bytes: Buffer): Sums => sum(sums, bytes, (at) => bytes.readUInt32BE(at));
const sumLittleEndian = (sums: Sums, bytes: Buffer): Sums => sum(sums, bytes, (at) => bytes.readUInt32LE(at));

function sum([first, second]: Sums, bytes: Buffer, wordAt: (at: number) => number): Sums {
  for (let at = 0; at < bytes.length; at += 8) {
    first = (first + wordAt(at) + second) >>> 0;
    second = (second + wordAt(at + 4) + first) >>> 0;
  }
  return [first, second];
}
