import { randomBytes } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { link, open, rename, unlink, writeFile, type FileHandle } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { errorCode } from './error-code.ts';
import { findStagingFor, noteTemporary } from './staging-folder.ts';

export interface FileAttributes {
  /** Permission bits; 0o600 when absent. */
  mode?: number;
  /** Set if this user may change the owner, else the file is this user's. */
  owner?: { uid: number; gid: number };
}

/** Bytes in memory, or as a stream: errors of its source are thrown, with nothing changed. */
export type FileData = Uint8Array | AsyncIterable<Uint8Array>;

/**
 * Writes a file atomically: readers of `path`, at any moment and after any crash, find the old bytes or the new ones.
 * Throws Node's own errors (EACCES, ENOSPC, EROFS …) with nothing changed.
 */
export async function replaceFile(path: string, data: FileData, attributes: FileAttributes = {}): Promise<void> {
  await viaTemporary(path, data, attributes, (temporary) => rename(temporary, path));
}

/**
 * Writes a new file atomically, or throws EEXIST if `path` exists, even as a dangling link. If the file
 * system has no hard links it is created first and then filled, so a crash could leave it incomplete.
 */
export async function createFile(path: string, data: Uint8Array, attributes: FileAttributes = {}): Promise<void> {
  await viaTemporary(path, data, attributes, async (temporary) => {
    try {
      await link(temporary, path);
    } catch (error) {
      if (!lacksHardLinks(error) || canMoveCloser(error, temporary, path)) throw error;
      const handle = await open(path, 'wx', attributes.mode ?? 0o600);
      await fill(handle, data, attributes);
    }
    await unlink(temporary);
  });
}

/** The file system is mounted twice, so that files in different folders cannot be linked or renamed. */
function canMoveCloser(error: unknown, temporary: string, path: string): boolean {
  return errorCode(error) === 'EXDEV' && dirname(temporary) !== dirname(path);
}

function lacksHardLinks(error: unknown): boolean {
  const code = errorCode(error);
  return ['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS', 'EMLINK', 'EXDEV'].includes(code);
}

interface Write {
  readonly path: string;
  readonly data: FileData;
  readonly attributes: FileAttributes;
  /** Puts the complete temporary file in place. */
  readonly publish: (temporary: string) => Promise<void>;
}

async function viaTemporary(
  path: string,
  data: FileData,
  attributes: FileAttributes,
  publish: (temporary: string) => Promise<void>
): Promise<void> {
  const write = { path, data, attributes, publish };
  const folder = dirname(path);
  const staging = await findStagingFor(folder);
  if (staging === null) await writeNextTo(write);
  else await writeInto(staging, { ...write, publish: (temporary) => publishOrCopy(write, temporary) });
  await syncFolder(folder);
}

async function publishOrCopy({ publish, ...write }: Write, temporary: string): Promise<void> {
  try {
    await publish(temporary);
  } catch (error) {
    if (!canMoveCloser(error, temporary, write.path)) throw error;
    await writeNextTo({ ...write, data: createReadStream(temporary), publish });
    await unlink(temporary);
  }
}

async function writeNextTo(write: Write): Promise<void> {
  await writeInto(dirname(write.path), write);
}

async function writeInto(folder: string, { path, data, attributes, publish }: Write): Promise<void> {
  const temporary = join(folder, `.slipway-${randomBytes(6).toString('hex')}.tmp`);
  const forget = folder === dirname(path) ? await noteTemporary(temporary) : undefined;
  try {
    const handle = await open(temporary, 'wx', attributes.mode ?? 0o600);
    await fill(handle, data, attributes);
    await publish(temporary);
  } catch (error) {
    await unlink(temporary).catch(() => undefined);
    throw error;
  } finally {
    await forget?.();
  }
}

async function fill(handle: FileHandle, data: FileData, { mode, owner }: FileAttributes): Promise<void> {
  try {
    await writeFile(handle, data);
    if (owner) await handle.chown(owner.uid, owner.gid).catch(() => undefined);
    // After the owner, since changing the owner clears bits of the mode; and because open() applied the umask.
    if (mode !== undefined) await handle.chmod(mode);
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** Makes the rename itself durable. Windows cannot open a folder for this, and does not need it. */
async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r').catch(() => undefined);
  await handle?.sync().catch(() => undefined);
  await handle?.close();
}
