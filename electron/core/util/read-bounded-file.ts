import { constants } from 'node:fs';
import { open } from 'node:fs/promises';

export type BoundedRead =
  | { kind: 'read'; bytes: Buffer; mode: number; owner: { uid: number; gid: number } }
  | { kind: 'too-large' }
  /** A folder, a pipe, a device. */
  | { kind: 'not-a-file' };

/**
 * The bytes of a regular file of at most `limitBytes`. Never blocks on a pipe. Follows links. Throws Node's own errors
 * (ENOENT, EACCES …).
 */
export async function readBoundedFile(path: string, limitBytes: number): Promise<BoundedRead> {
  const handle = await open(path, constants.O_RDONLY | constants.O_NONBLOCK);
  try {
    const found = await handle.stat();
    if (!found.isFile()) return { kind: 'not-a-file' };
    if (found.size > limitBytes) return { kind: 'too-large' };
    const buffer = Buffer.alloc(Math.min(limitBytes + 1, found.size + 4096));
    let length = 0;
    for (;;) {
      const { bytesRead } = await handle.read(buffer, length, buffer.length - length, length);
      length += bytesRead;
      if (bytesRead === 0) break;
      // It grew while it was read.
      if (length === buffer.length) return { kind: 'too-large' };
    }
    const owner = { uid: found.uid, gid: found.gid };
    return { kind: 'read', bytes: buffer.subarray(0, length), mode: found.mode & 0o7777, owner };
  } finally {
    await handle.close();
  }
}

/** The text of a small file, or undefined if it cannot be read for any reason. */
export async function readSmallText(path: string, limitBytes = 256 * 1024): Promise<string | undefined> {
  const found = await readBoundedFile(path, limitBytes).catch(() => undefined);
  return found?.kind === 'read' ? found.bytes.toString('utf8') : undefined;
}
