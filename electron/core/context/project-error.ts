import { AppError } from '../util/app-error.ts';
import { errorCode, errorDetail } from '../util/error-code.ts';

/** What a file system error on a project's folder means: gone, a link in a circle, or not readable. */
export function toProjectError(error: unknown, name: string, path: string): AppError {
  if (error instanceof AppError) return error as AppError;
  const code = errorCode(error);
  if (code === 'ENOENT' || code === 'ENOTDIR') return new AppError('project-vanished', { name }, { cause: error });
  if (code === 'ELOOP') return new AppError('folder-loops', { path }, { cause: error });
  return new AppError('project-unreadable', { name, detail: errorDetail(error) }, { cause: error });
}
