import { posix } from 'node:path';
import { AppError } from '../util/app-error.ts';

/** A path inside the context in its plain form. Throws file-missing for one that leads out of it. */
export function normalizeContextPath(path: string): string {
  const plain = posix.normalize(path);
  if (posix.isAbsolute(plain) || plain === '..' || plain.startsWith('../') || plain.includes('\0')) {
    throw new AppError('file-missing', { file: path });
  }
  return plain;
}
