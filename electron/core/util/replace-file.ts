import { randomBytes } from 'node:crypto';
import { link, open, rename, unlink, writeFile, type FileHandle } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { errorCode } from './error-code.ts';

/** Names of half-written files: hidden, and short enough beside any name. */
export const temporaryName = /^\.slipway-[0-9a-f]{12}\.tmp$/;

export interface FileAttributes {
  /** Permission bits; 0o600 when absent. */
  mode?: number;
  /** Kept where this user may give files away, else the file is this user's. */
  owner?: { uid: number; gid: number };
}

/** Bytes at hand, or as they come: then what their source throws is thrown, with nothing changed. */
export type FileData = Uint8Array | AsyncIterable<Uint8Array>;

/**
 * Writes a file whole: whoever reads `path`, at any moment and after any crash, finds the old bytes or the new ones.
 * Throws Node's own errors (EACCES, ENOSPC, EROFS …) with nothing changed.
 */
export async function replaceFile(path: string, data: FileData, attributes: FileAttributes = {}): Promise<void> {
  await viaTemporary(path, data, attributes, (temporary) => rename(temporary, path));
}

/**
 * Writes a new file whole, or throws EEXIST when `path` names anything already, even a dangling link. Where the file
 * system has no hard links it is created first and filled then, which a crash could leave half done.
 */
export async function createFile(path: string, data: Uint8Array, attributes: FileAttributes = {}): Promise<void> {
  await viaTemporary(path, data, attributes, async (temporary) => {
    try {
      await link(temporary, path);
    } catch (error) {
      if (!lacksHardLinks(error)) throw error;
      const handle = await open(path, 'wx', attributes.mode ?? 0o600);
      await fill(handle, data, attributes);
    }
    await unlink(temporary);
  });
}

function lacksHardLinks(error: unknown): boolean {
  const code = errorCode(error);
  return ['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS', 'EMLINK', 'EXDEV'].includes(code);
}

async function viaTemporary(
  path: string,
  data: FileData,
  attributes: FileAttributes,
  publish: (temporary: string) => Promise<void>
): Promise<void> {
  const temporary = join(dirname(path), `.slipway-${randomBytes(6).toString('hex')}.tmp`);
  const handle = await open(temporary, 'wx', attributes.mode ?? 0o600);
  try {
    await fill(handle, data, attributes);
    await publish(temporary);
  } catch (error) {
    await unlink(temporary).catch(() => undefined);
    throw error;
  }
  await syncFolder(dirname(path));
}

async function fill(handle: FileHandle, data: FileData, { mode, owner }: FileAttributes): Promise<void> {
  try {
    await writeFile(handle, data);
    if (owner) await handle.chown(owner.uid, owner.gid).catch(() => undefined);
    // After the owner, since giving a file away clears bits of its mode; and because open() applied the umask.
    if (mode !== undefined) await handle.chmod(mode);
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** Makes the rename itself last. Windows cannot open a folder so, and needs it not. */
async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r').catch(() => undefined);
  await handle?.sync().catch(() => undefined);
  await handle?.close();
}
