import { lstat, unlink } from 'node:fs/promises';
import { join } from 'node:path';
import type { Starter } from '#contract/schema/project.ts';
import { AppError } from '../util/app-error.ts';
import { createFile } from '../util/replace-file.ts';
import { fileLimitBytes, toWriteError } from './project-file.ts';
import { errorCode } from '../util/error-code.ts';
import { isProjectFileName } from './project-file-names.ts';

/**
 * Writes new files into a project, all of them or none. Throws file-exists instead of replacing anything, even a
 * dangling link; file-unwritable; file-not-text; file-too-large.
 */
export async function writeStarter(root: string, files: Starter['files']): Promise<void> {
  for (const { file, text } of files) await checkNewFile(root, file, text);
  const written: string[] = [];
  for (const { file, text } of files) {
    const path = join(root, file);
    try {
      await createFile(path, Buffer.from(text, 'utf8'), { mode: 0o644 });
      written.push(path);
    } catch (error) {
      await Promise.all(written.map((done) => unlink(done).catch(() => undefined)));
      throw toWriteError(error, file);
    }
  }
}

async function checkNewFile(root: string, file: string, text: string): Promise<void> {
  if (!isProjectFileName(file))
    throw new AppError('file-unwritable', { file, detail: { reason: 'not-a-project-file' } });
  if (text.includes('\0')) throw new AppError('file-not-text', { file });
  if (Buffer.byteLength(text) > fileLimitBytes) {
    throw new AppError('file-too-large', { file, limitBytes: fileLimitBytes });
  }
  const found = await lstat(join(root, file)).catch((error: unknown) => {
    if (errorCode(error) === 'ENOENT') return undefined;
    throw toWriteError(error, file);
  });
  if (found) throw new AppError('file-exists', { file });
}
