import { PassThrough, Readable } from 'node:stream';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { AppError, Cancelled } from '#core/util/app-error.ts';
import { readJsonLines } from '#core/util/read-json-lines.ts';

async function collect(stream: Readable, signal?: AbortSignal, limitBytes?: number): Promise<unknown[]> {
  const values: unknown[] = [];
  for await (const value of readJsonLines(stream, signal, limitBytes)) values.push(value);
  return values;
}

function chunksOf(bytes: Buffer, cuts: number[]): Buffer[] {
  const offsets = [...new Set([0, ...cuts.map((cut) => cut % (bytes.length + 1)), bytes.length])].sort((a, b) => a - b);
  return offsets.slice(1).map((end, index) => bytes.subarray(offsets[index], end));
}

describe('readJsonLines', () => {
  it('reads the same values for any chunks, also with splits inside a character', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.jsonValue()),
        fc.array(fc.nat()),
        fc.constantFrom('\n', '\r\n'),
        fc.boolean(),
        async (values, cuts, lineEnd, lastLineEnd) => {
          const lines = values.map((value) => JSON.stringify({ text: 'größe 🚢', value }));
          const bytes = Buffer.from(lines.join(lineEnd) + (lastLineEnd ? lineEnd : ''));
          const read = await collect(Readable.from(chunksOf(bytes, cuts), { objectMode: false }));
          expect(read).toEqual(lines.map((line) => JSON.parse(line) as unknown));
        }
      )
    );
  });

  it('yields a value as soon as its line is complete', async () => {
    const stream = new PassThrough();
    const values = readJsonLines(stream);
    stream.write('{"a":1}\n{"b"');
    expect((await values.next()).value).toEqual({ a: 1 });
    stream.end(':2}');
    expect((await values.next()).value).toEqual({ b: 2 });
    expect((await values.next()).done).toBe(true);
  });

  it('rejects a line that is not JSON, and closes the stream', async () => {
    const stream = new PassThrough();
    stream.write('{"a":1}\n<html>\n');
    await expect(collect(stream)).rejects.toMatchObject({ data: { code: 'engine-failed' } });
    expect(stream.destroyed).toBe(true);
  });

  it.each([
    ['with no end', '"aaaaaaaaaaaaaaaaaaaaaaa'],
    ['in one chunk', `"${'a'.repeat(20)}"\n`]
  ])('rejects a line over the limit %s', async (_name, text) => {
    const stream = new PassThrough();
    stream.write(text);
    await expect(collect(stream, undefined, 10)).rejects.toBeInstanceOf(AppError);
    expect(stream.destroyed).toBe(true);
  });

  it('ends as Cancelled while it waits for bytes', async () => {
    const stream = new PassThrough();
    const controller = new AbortController();
    const reading = collect(stream, controller.signal);
    controller.abort();
    await expect(reading).rejects.toBeInstanceOf(Cancelled);
    expect(stream.destroyed).toBe(true);
  });

  it('ends as Cancelled between lines that have already arrived', async () => {
    const stream = new PassThrough();
    const controller = new AbortController();
    const values = readJsonLines(stream, controller.signal);
    stream.end('1\n2\n3\n');
    await values.next();
    controller.abort();
    await expect(values.next()).rejects.toBeInstanceOf(Cancelled);
  });

  it('passes on an error of the stream', async () => {
    const stream = new PassThrough();
    const reading = collect(stream);
    stream.write('{}\n');
    stream.destroy(new AppError('engine-lost', { engine: 'Docker' }));
    await expect(reading).rejects.toMatchObject({ data: { code: 'engine-lost' } });
  });

  it('closes the stream when the reader stops early', async () => {
    const stream = new PassThrough();
    stream.write('1\n2\n');
    const seen: unknown[] = [];
    for await (const value of readJsonLines(stream)) {
      seen.push(value);
      break;
    }
    expect(seen).toEqual([1]);
    expect(stream.destroyed).toBe(true);
  });
});
