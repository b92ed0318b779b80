import type { Readable } from 'node:stream';
import { AppError, Cancelled } from './app-error.ts';

/** Max length of a line. BuildKit's traces and log bursts are far below it. */
const JSON_LINE_LIMIT_BYTES = 16 * 1024 * 1024;

const NEWLINE = 0x0a;

/**
 * The values of an NDJSON body (builds, pushes, pulls, events), one at a time as they arrive. Lines are split as
 * bytes, so a character may span chunks; blank lines are skipped and the last line needs no line end.
 * Throws engine-failed for a line that is not JSON or is longer than `limitBytes`, Cancelled when `signal` fires, and
 * any error of the stream itself. The stream is destroyed if the reader stops early.
 */
export async function* readJsonLines(
  stream: Readable,
  signal?: AbortSignal,
  limitBytes = JSON_LINE_LIMIT_BYTES
): AsyncGenerator<unknown, void, undefined> {
  const stop = (): void => void stream.destroy(new Cancelled());
  signal?.addEventListener('abort', stop, { once: true });
  try {
    throwIfStopped(signal);
    for await (const line of cutLines(stream, limitBytes)) {
      const text = line.toString('utf8').trim();
      if (text === '') continue;
      yield parseLine(text);
      throwIfStopped(signal);
    }
    throwIfStopped(signal);
  } catch (error) {
    if (signal?.aborted === true) throw new Cancelled();
    throw error;
  } finally {
    signal?.removeEventListener('abort', stop);
    stream.destroy();
  }
}

async function* cutLines(chunks: AsyncIterable<Buffer>, limitBytes: number): AsyncGenerator<Buffer, void, undefined> {
  let parts: Buffer[] = [];
  let partsBytes = 0;
  for await (const chunk of chunks) {
    let start = 0;
    for (let end = chunk.indexOf(NEWLINE); end !== -1; end = chunk.indexOf(NEWLINE, start)) {
      parts.push(chunk.subarray(start, end));
      yield joinParts(parts, partsBytes + end - start, limitBytes);
      parts = [];
      partsBytes = 0;
      start = end + 1;
    }
    parts.push(chunk.subarray(start));
    partsBytes += chunk.length - start;
    if (partsBytes > limitBytes) throw tooLong(limitBytes);
  }
  yield joinParts(parts, partsBytes, limitBytes);
}

function joinParts(parts: Buffer[], bytes: number, limitBytes: number): Buffer {
  if (bytes > limitBytes) throw tooLong(limitBytes);
  const [only] = parts;
  return parts.length === 1 && only !== undefined ? only : Buffer.concat(parts, bytes);
}

function parseLine(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch (cause) {
    throw new AppError('engine-failed', { detail: { reason: 'invalid-json' } }, { cause });
  }
}

function tooLong(limitBytes: number): AppError {
  return new AppError('engine-failed', { detail: { reason: 'line-too-long', limitBytes } });
}

function throwIfStopped(signal: AbortSignal | undefined): void {
  if (signal?.aborted === true) throw new Cancelled();
}
