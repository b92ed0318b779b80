import { writeSync } from 'node:fs';

const FULL_PIPE_PAUSE_MS = 5;

/** Writes the text to an open file before it returns; waits while a pipe is full. Throws what writeSync throws. */
export function writeFully(descriptor: number, text: string): void {
  let pending = Buffer.from(text);
  while (pending.length > 0) {
    try {
      pending = pending.subarray(writeSync(descriptor, pending));
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EAGAIN') throw error;
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, FULL_PIPE_PAUSE_MS);
    }
  }
}
