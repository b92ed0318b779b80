import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import type { TransferEvent } from '#contract/schema/transfer.ts';
import { AppError, Cancelled } from '#core/util/app-error.ts';
import { saveLayerFile } from '#core/analysis/save-layer-file.ts';
import { scratchFolder } from '../scratch-folder.ts';

type Read = Parameters<typeof saveLayerFile>[0];

let folder: string;
let abort: AbortController;
let events: TransferEvent[];

beforeEach(() => {
  folder = scratchFolder();
  abort = new AbortController();
  events = [];
});

const save = (read: Read, target = join(folder, 'saved.txt')): Promise<unknown> =>
  saveLayerFile(read, target, { signal: abort.signal, emit: (event) => void events.push(event) }).catch(
    (error: unknown) => (error instanceof AppError ? error.data : error)
  );

/** A layer that contains the file once for each of `contents`; the last one counts. */
const reading =
  (...contents: string[]): Read =>
  async (sink) => {
    for (const content of contents) {
      await sink.start();
      for (const part of content) await sink.write(Buffer.from(part));
    }
    const sizeBytes = contents.at(-1)?.length ?? 0;
    return { kind: 'file', path: 'a/file', sizeBytes, mode: 0o600, mtimeSeconds: 0, truncated: false };
  };

const temporaryFolders = (): string[] => readdirSync(tmpdir()).filter((name) => name.startsWith('slipway-file-'));

describe('saveLayerFile', () => {
  it('writes the file with its size, readable for others', async () => {
    expect(await save(reading('hello'))).toEqual({ kind: 'saved', file: 'saved.txt', sizeBytes: 5 });
    expect(readFileSync(join(folder, 'saved.txt'), 'utf8')).toBe('hello');
    expect(statSync(join(folder, 'saved.txt')).mode & 0o777).toBe(0o644);
    expect(events[0]).toEqual({ kind: 'started', direction: 'save', images: [], file: 'saved.txt' });
    expect(events.at(-1)).toEqual({ kind: 'progress', doneBytes: 5, totalBytes: null });
  });

  it('writes the last of several contents, also where that is shorter', async () => {
    await save(reading('a long one', 'short'));
    expect(readFileSync(join(folder, 'saved.txt'), 'utf8')).toBe('short');
  });

  it.each<[string, Read, object]>([
    ['reading fails', () => Promise.reject(new AppError('worker-died', {})), { code: 'worker-died' }],
    [
      'it is no file with bytes',
      () => Promise.resolve({ kind: 'other', type: 'fifo' } as const),
      { code: 'layer-file-missing', path: 'saved.txt' }
    ]
  ])('keeps the old file and leaves no other when %s', async (_what, read, error) => {
    const before = temporaryFolders();
    writeFileSync(join(folder, 'saved.txt'), 'old');
    expect(await save(read)).toEqual(error);
    expect(readFileSync(join(folder, 'saved.txt'), 'utf8')).toBe('old');
    expect(readdirSync(folder)).toEqual(['saved.txt']);
    expect(temporaryFolders()).toEqual(before);
  });

  it('reports why the target cannot be written', async () => {
    mkdirSync(join(folder, 'saved.txt'));
    expect(await save(reading('x'))).toMatchObject({ code: 'file-unwritable', file: 'saved.txt' });
    expect(await save(reading('x'), join(folder, 'missing', 'a.txt'))).toMatchObject({
      code: 'file-unwritable',
      file: 'a.txt'
    });
  });

  it('writes nothing once it is canceled', async () => {
    const read: Read = async (sink) => {
      const file = await reading('hello')(sink);
      abort.abort();
      return file;
    };
    expect(await save(read)).toBeInstanceOf(Cancelled);
    expect(readdirSync(folder)).toEqual([]);
  });
});
