import { AppError } from '../app-error.ts';

export function codeOf(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  return typeof code === 'string' ? code : '';
}

/** What a file system error on a project's folder means: gone, a link in a circle, or not readable. */
export function toProjectError(error: unknown, name: string, path: string): AppError {
  if (error instanceof AppError) return error as AppError;
  const code = codeOf(error);
  if (code === 'ENOENT' || code === 'ENOTDIR') return new AppError('project-vanished', { name }, { cause: error });
  if (code === 'ELOOP') return new AppError('folder-loops', { path }, { cause: error });
  return new AppError('project-unreadable', { name, detail: code || 'unknown' }, { cause: error });
}
