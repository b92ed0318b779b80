import { createReadStream } from 'node:fs';

/**
 * The bytes of a file. It is opened by whoever reads it: a stream that is open before anybody listens ends the process when
 * it fails, as by an abort. Throws what reading a file throws, and AbortError.
 */
export async function* readFileChunks(path: string, signal: AbortSignal): AsyncGenerator<Buffer, void, undefined> {
  yield* createReadStream(path, { signal }) as AsyncIterable<Buffer>;
}
