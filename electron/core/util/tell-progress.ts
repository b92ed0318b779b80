/** Between two tellings of a number that changes with every chunk. */
const EVERY_MS = 100;

/** Counts bytes as they pass, and tells the sum now and then, and at the end. */
export async function* tellProgress(
  chunks: AsyncIterable<Buffer>,
  tell: (doneBytes: number) => void
): AsyncGenerator<Buffer, void, undefined> {
  let doneBytes = 0;
  let toldAt = 0;
  for await (const chunk of chunks) {
    yield chunk;
    doneBytes += chunk.length;
    if (Date.now() - toldAt < EVERY_MS) continue;
    toldAt = Date.now();
    tell(doneBytes);
  }
  tell(doneBytes);
}
