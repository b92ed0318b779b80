import { pipeline, Transform, type Readable } from 'node:stream';

const reportEveryMs = 100;

/** The context on its way: the same bytes, and every 100 ms and at the end how many there were. */
export function countContext(context: Readable, report: (sentBytes: number) => void): Readable {
  let sentBytes = 0;
  let reportedAt = 0;
  const counter = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      sentBytes += chunk.length;
      if (Date.now() - reportedAt >= reportEveryMs) {
        reportedAt = Date.now();
        report(sentBytes);
      }
      done(null, chunk);
    },
    flush(done) {
      report(sentBytes);
      done();
    }
  });
  // Errors of either end travel through the counter to whoever sends it.
  return pipeline(context, counter, () => undefined);
}
