import { constants } from 'node:fs';
import { AppError } from '../util/app-error.ts';
import { errorCode, errorDetail } from '../util/error-code.ts';

/** Opens a file of the context for reading. Fails for a symlink and does not wait for a pipe that replaced the file. */
export const readFlags = constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK;

/** Whether opening failed because the file was removed or replaced in the meantime. */
export function isGone(error: unknown): boolean {
  return ['ENOENT', 'ENOTDIR', 'ELOOP'].includes(errorCode(error));
}

/** The error for a file of the context that cannot be read. `file` is its name in the message. */
export function unreadable(file: string, error: unknown): AppError {
  return new AppError('file-unreadable', { file, detail: errorDetail(error) }, { cause: error });
}
