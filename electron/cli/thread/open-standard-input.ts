import { createReadStream, fstatSync } from 'node:fs';
import { Socket } from 'node:net';
import type { Readable } from 'node:stream';
import { isatty, ReadStream } from 'node:tty';

/** The standard input as Node opens it: a terminal, a pipe or a file; each can be closed while a read is pending. */
export function openStandardInput(): Readable {
  if (isatty(0)) return new ReadStream(0);
  const found = fstatSync(0);
  if (found.isFIFO() || found.isSocket()) return new Socket({ fd: 0, readable: true, writable: false });
  return createReadStream('', { fd: 0, autoClose: false });
}
