import { createHash } from 'node:crypto';
import { open, realpath, stat } from 'node:fs/promises';
import { basename, join, resolve } from 'node:path';
import type { OpenedArchive } from '#contract/schema/project.ts';
import { AppError } from '../util/app-error.ts';
import { explainArchive } from '../archive/explain-entry.ts';
import { sniffCompression } from '../tar/open-decoder.ts';
import { hasValidChecksum } from '../tar/tar-fields.ts';

const BLOCK = 512;

/** The image archives of this session, by opaque ids. Their paths never leave this object. */
export class OpenArchives {
  readonly #paths = new Map<string, string>();

  /** Registers a path if it is an image archive or a folder that is an OCI layout; else null. */
  async openPath(path: string): Promise<OpenedArchive | null> {
    if (!(await isArchive(resolve(path)).catch(() => false))) return null;
    const real = await realpath(resolve(path));
    const archiveId = createHash('sha256').update(real).digest('hex').slice(0, 32);
    this.#paths.set(archiveId, real);
    return { archiveId, name: basename(real) };
  }

  /** Restores an id of an earlier session; whether the archive still exists is checked when it is read. */
  restore(archiveId: string, path: string): void {
    this.#paths.set(archiveId, path);
  }

  /** Throws archive-unknown. */
  pathOf(archiveId: string): string {
    const path = this.#paths.get(archiveId);
    if (path === undefined) throw new AppError('archive-unknown', {});
    return path;
  }
}

/** Detected by content, not by name: a tar, compressed or not, or the two files that every OCI layout has. */
async function isArchive(path: string): Promise<boolean> {
  const found = await stat(path);
  if (found.isDirectory()) return (await isFile(join(path, 'oci-layout'))) && isFile(join(path, 'index.json'));
  if (!found.isFile()) return false;
  const head = await readHead(path);
  if (sniffCompression(head) !== 'none') return true;
  return head.length === BLOCK && hasValidChecksum(head);
}

/** Why a file with the extension of an archive is none. Throws what reading it throws. */
export async function explainArchiveFile(path: string): Promise<AppError> {
  return explainArchive(basename(path), await readHead(path));
}

async function readHead(path: string): Promise<Buffer> {
  const file = await open(path, 'r');
  try {
    const head = Buffer.alloc(BLOCK);
    const { bytesRead } = await file.read(head, 0, BLOCK, 0);
    return head.subarray(0, bytesRead);
  } finally {
    await file.close();
  }
}

function isFile(path: string): Promise<boolean> {
  return stat(path).then(
    (found) => found.isFile(),
    () => false
  );
}
