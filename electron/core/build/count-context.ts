import { pipeline, Transform, type Readable } from 'node:stream';
import type { ContextProgress } from './context-progress.ts';

/** Counts the bytes of a context that is sent as a tar. */
export function countContext(context: Readable, progress: ContextProgress): Readable {
  progress.started();
  const counter = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      progress.sent(chunk.length);
      done(null, chunk);
    }
  });
  // Errors of either end travel through the counter to whoever sends it.
  return pipeline(context, counter, () => progress.ended());
}
