import { createHash } from 'node:crypto';
import { lstat, open, realpath } from 'node:fs/promises';
import { join, sep } from 'node:path';
import type { ProjectText } from '#contract/schema/project.ts';
import { AppError } from '../util/app-error.ts';
import { createFile, replaceFile } from '../util/replace-file.ts';
import { KeyedQueue } from '../util/keyed-queue.ts';
import { errorCode, errorDetail } from '../util/error-code.ts';
import { isProjectFileName } from './project-file-names.ts';
import { readBoundedFile } from '../util/read-bounded-file.ts';
import { decodeText, encodeText, newFileFormat } from './text-format.ts';

/** Max size of a Dockerfile for editing. */
export const fileLimitBytes = 1024 * 1024;

const saves = new KeyedQueue();

/** The revision of a file's content: its SHA-256 in hexadecimal. */
export function revisionOf(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

/**
 * Reads a Dockerfile or ignore file of the project in folder `root`. Follows links that stay inside the
 * project, as the engine does in the context.
 * Throws file-missing, file-unreadable, file-too-large (over 1 MB), file-not-text (NUL bytes or no UTF-8).
 */
export async function readProjectFile(root: string, file: string): Promise<ProjectText> {
  const { bytes } = await readBytes(root, file);
  const decoded = decodeText(bytes);
  if (!decoded) throw new AppError('file-not-text', { file });
  return { file, text: decoded.text, revision: revisionOf(bytes) };
}

export interface SavedFile {
  /** Content hash of the file on disk when the text was read; null if the file did not exist. */
  revision: string | null;
  /** Overwrites changes made by other programs in the meantime. */
  replace: boolean;
  /** Called with the new revision just before it is on disk, so that a watcher recognizes our own save. */
  beforeWrite?: (revision: string) => void;
}

/**
 * Saves a file atomically, keeping its mode, its owner if permitted, its byte order mark and the
 * line endings of most of its lines. A link stays a link: its target is written. Other hard links of the file
 * keep the old text. Resolves to the new revision.
 * Throws file-changed, file-missing or file-exists if the file on disk is not at `revision` and `replace` is false;
 * file-unwritable (then nothing has changed), file-too-large, file-not-text.
 */
export async function saveProjectFile(root: string, file: string, text: string, save: SavedFile): Promise<string> {
  return saves.run(join(root, file), () => saveNow(root, file, text, save));
}

async function saveNow(root: string, file: string, text: string, save: SavedFile): Promise<string> {
  if (text.includes('\0')) throw new AppError('file-not-text', { file });
  const onDisk = await readOrMissing(root, file, save.replace);
  if (!save.replace) expectRevision(file, onDisk?.bytes, save.revision);
  const format = (onDisk && decodeText(onDisk.bytes)?.format) ?? newFileFormat;
  const bytes = encodeText(text, format);
  if (bytes.length > fileLimitBytes) throw new AppError('file-too-large', { file, limitBytes: fileLimitBytes });
  const revision = revisionOf(bytes);
  save.beforeWrite?.(revision);
  try {
    if (onDisk) {
      // A rename would also replace a read-only file, which is read-only on purpose.
      await (await open(onDisk.path, 'r+')).close();
      await replaceFile(onDisk.path, bytes, { mode: onDisk.mode, owner: onDisk.owner });
    } else {
      await createFile(join(root, file), bytes, { mode: 0o644 });
    }
  } catch (error) {
    throw toWriteError(error, file);
  }
  return revision;
}

/** Converts a failed write of a project's file to file-exists or file-unwritable; an AppError passes unchanged. */
export function toWriteError(error: unknown, file: string): AppError {
  if (error instanceof AppError) return error as AppError;
  const code = errorCode(error);
  if (code === 'EEXIST') return new AppError('file-exists', { file }, { cause: error });
  return new AppError('file-unwritable', { file, detail: errorDetail(error) }, { cause: error });
}

function expectRevision(file: string, bytes: Uint8Array | undefined, revision: string | null): void {
  if (bytes === undefined) {
    if (revision !== null) throw new AppError('file-missing', { file });
    return;
  }
  if (revision === null) throw new AppError('file-exists', { file });
  if (revisionOf(bytes) !== revision) throw new AppError('file-changed', { file });
}

interface FileOnDisk {
  /** The real path, after resolving links. */
  path: string;
  bytes: Buffer;
  mode: number;
  owner: { uid: number; gid: number };
}

async function readOrMissing(root: string, file: string, replace: boolean): Promise<FileOnDisk | undefined> {
  try {
    return await readBytes(root, file);
  } catch (error) {
    if (error instanceof AppError && error.data.code === 'file-missing') return undefined;
    // The file was never displayed; only a regular file that grew too large may be overwritten.
    if (error instanceof AppError && error.data.code === 'file-too-large' && replace) {
      const path = await resolveInside(root, file);
      const { mode, uid, gid } = await lstat(path);
      return { path, bytes: Buffer.alloc(0), mode: mode & 0o7777, owner: { uid, gid } };
    }
    throw error;
  }
}

async function readBytes(root: string, file: string): Promise<FileOnDisk> {
  if (!isProjectFileName(file))
    throw new AppError('file-unreadable', { file, detail: { reason: 'not-a-project-file' } });
  try {
    const path = await resolveInside(root, file);
    const found = await readBoundedFile(path, fileLimitBytes);
    if (found.kind === 'too-large') throw new AppError('file-too-large', { file, limitBytes: fileLimitBytes });
    if (found.kind === 'not-a-file') throw new AppError('file-unreadable', { file, detail: { reason: 'not-a-file' } });
    return { path, bytes: found.bytes, mode: found.mode, owner: found.owner };
  } catch (error) {
    if (error instanceof AppError) throw error;
    const code = errorCode(error);
    if (code === 'ENOENT' || code === 'ENOTDIR') throw new AppError('file-missing', { file }, { cause: error });
    throw new AppError('file-unreadable', { file, detail: errorDetail(error) }, { cause: error });
  }
}

/** The real path of a file. Rejects a link to a path outside of the project, whose target is not one of its files. */
async function resolveInside(root: string, file: string): Promise<string> {
  const realRoot = await realpath(root);
  const path = await realpath(join(root, file));
  const inside = realRoot.endsWith(sep) ? realRoot : realRoot + sep;
  if (!path.startsWith(inside)) throw new AppError('file-unreadable', { file, detail: { reason: 'outside-project' } });
  return path;
}
