import { randomFillSync } from 'node:crypto';
import { appendFileSync, closeSync, mkdtempSync, openSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { afterAll, afterEach, describe, expect, it } from 'vitest';
import { Cancelled } from '#core/util/app-error.ts';
import { scanPath } from '#core/analysis/scan-image.ts';
import { ArchiveFile } from '#core/archive/archive-file.ts';
import { HashThreads } from '#core/archive/hash-threads.ts';
import { digestOf, legacyFiles, makeImage, ociFiles, packFiles } from './image-archive.ts';

const folder = mkdtempSync(join(tmpdir(), 'hash-'));
const file = join(folder, 'bytes');
const bytes = randomFillSync(Buffer.alloc(5_000_000));
writeFileSync(file, bytes);
const fd = openSync(file, 'r');
const code = (expectedCode: string, data: object = {}): unknown =>
  expect.objectContaining({ data: expect.objectContaining({ code: expectedCode, ...data }) as unknown });
const { signal } = new AbortController();

/** How far a file was read, to be moved on by hand. */
function position(start: number) {
  const readBytes = new SharedArrayBuffer(8);
  const cell = new BigInt64Array(readBytes);
  const moveTo = (at: number): void => {
    Atomics.store(cell, 0, BigInt(at));
    Atomics.notify(cell, 0);
  };
  moveTo(start);
  /** Resolves once a thread has read up to the position and waits for more: only then does a notice wake one. */
  const threadWaits = async (): Promise<void> => {
    while (Atomics.notify(cell, 0) === 0) await nextTurn();
  };
  return { readBytes, moveTo, threadWaits };
}

let threads = new HashThreads();
afterEach(async () => {
  await threads.close();
  threads = new HashThreads();
});
afterAll(() => {
  closeSync(fd);
  rmSync(folder, { recursive: true });
});

describe('threads that hash', () => {
  it('compute the digests of parts of a file, several at once', async () => {
    const { readBytes } = position(bytes.length);
    const parts = [0, 1, 512, 1_000_003, 4_999_999].map((offset) => ({ offset, sizeBytes: bytes.length - offset }));
    const digests = await Promise.all(parts.map((part) => threads.hash({ fd, readBytes, ...part })));
    expect(digests).toEqual(parts.map(({ offset }) => digestOf(bytes.subarray(offset))));
  });

  it('follow the one that reads, and never overtake it', async () => {
    const { readBytes, moveTo, threadWaits } = position(0);
    let done = false;
    const hashing = threads.hash({ fd, offset: 1000, sizeBytes: 3_000_000, readBytes }).then((digest) => {
      done = true;
      return digest;
    });
    await threadWaits();
    for (const at of [1, 1000, 2_000_000, 3_000_999]) {
      moveTo(at);
      await threadWaits();
      expect(done).toBe(false);
    }
    moveTo(3_001_000);
    expect(await hashing).toBe(digestOf(bytes.subarray(1000, 3_001_000)));
  });

  it('report a file that ended early, and end with an error code', async () => {
    const { readBytes } = position(bytes.length + 10);
    expect(await threads.hash({ fd, offset: 0, sizeBytes: bytes.length + 10, readBytes })).toBeNull();
    const hashing = threads.hash({ fd: 1_000_000, offset: 0, sizeBytes: 10, readBytes });
    await expect(hashing).rejects.toThrow(code('worker-died'));
    await expect(threads.hash({ fd, offset: 0, sizeBytes: 10, readBytes })).rejects.toThrow(code('worker-died'));
  });

  it('end when they are closed, also while they wait for bytes that never come', async () => {
    const { readBytes, threadWaits } = position(0);
    const hashing = threads.hash({ fd, offset: 0, sizeBytes: 10, readBytes });
    hashing.catch(() => undefined);
    await threadWaits();
    await threads.close();
    await expect(hashing).rejects.toThrow(Cancelled);
    await expect(threads.hash({ fd, offset: 0, sizeBytes: 10, readBytes })).rejects.toThrow(Cancelled);
  });
});

describe('an archive whose layers are large', async () => {
  const image = await makeImage([
    { noise: bytes.subarray(0, 2_000_000) },
    { more: bytes.subarray(1_000_000, 4_000_000) }
  ]);
  const archive = await packFiles(legacyFiles(image));
  const archiveFile = join(folder, 'image.tar');

  it('is verified layer by layer, in every layout', async () => {
    writeFileSync(archiveFile, archive);
    const digests = image.layers.map(digestOf);
    expect((await scanPath(archiveFile, { signal })).layers.map(({ diffId }) => diffId)).toEqual(digests);
    for (const pack of [undefined, (data: Buffer) => data]) {
      writeFileSync(archiveFile, await packFiles(ociFiles([image], pack)));
      expect((await scanPath(archiveFile, { signal })).layers.map(({ diffId }) => diffId)).toEqual(digests);
    }
  });

  it('is rejected if one bit of a file does not match its digest', async () => {
    const changed = Buffer.from(archive);
    const at = changed.indexOf(bytes.subarray(1_500_000, 1_500_064));
    changed[at] = (changed[at] ?? 0) ^ 1;
    writeFileSync(archiveFile, changed);
    await expect(scanPath(archiveFile, { signal })).rejects.toThrow(
      code('archive-digest-mismatch', { digest: digestOf(image.layers[0] ?? Buffer.alloc(0)) })
    );
  });

  it('is rejected if it is written while it is read', async () => {
    writeFileSync(archiveFile, archive);
    const onProgress = (): void => appendFileSync(archiveFile, 'x');
    await expect(scanPath(archiveFile, { signal, onProgress })).rejects.toThrow(code('archive-unreadable'));
  });

  it('is read no further once canceled', async () => {
    writeFileSync(archiveFile, Buffer.concat([archive, Buffer.alloc(100 << 20)]));
    const cancelled = new AbortController();
    let last = 0;
    const scanning = scanPath(archiveFile, {
      signal: cancelled.signal,
      onProgress: ({ readBytes }) => {
        last = readBytes;
        if (readBytes > 1 << 20) setImmediate(() => cancelled.abort());
      }
    });
    await expect(scanning).rejects.toThrow(Cancelled);
    expect(last).toBeLessThan(32 << 20);
  });
});

describe('a file that is read', () => {
  it('is read completely, from start to end', async () => {
    const opened = await ArchiveFile.open(file, threads);
    const parts: Buffer[] = [];
    for await (const chunk of opened.chunks(signal)) parts.push(Buffer.from(chunk));
    await opened.close();
    expect(Buffer.concat(parts).equals(bytes)).toBe(true);
  });
});
