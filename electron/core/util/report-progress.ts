/** Interval between reports of a number that changes with every chunk. */
const INTERVAL_MS = 100;

/** Counts the bytes of a stream, and reports the sum at intervals, and at the end. */
export async function* reportProgress(
  chunks: AsyncIterable<Buffer>,
  onProgress: (doneBytes: number) => void
): AsyncGenerator<Buffer, void, undefined> {
  let doneBytes = 0;
  let reportedAt = 0;
  for await (const chunk of chunks) {
    yield chunk;
    doneBytes += chunk.length;
    if (Date.now() - reportedAt < INTERVAL_MS) continue;
    reportedAt = Date.now();
    onProgress(doneBytes);
  }
  onProgress(doneBytes);
}
