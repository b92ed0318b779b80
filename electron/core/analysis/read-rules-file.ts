import { basename } from 'node:path';
import { parseRules, rulesFileBytes, type Rules } from '../filetree/check-rules.ts';
import { AppError } from '../util/app-error.ts';
import { errorCode, errorDetail } from '../util/error-code.ts';
import { readBoundedFile, type BoundedRead } from '../util/read-bounded-file.ts';

/** The rules in a file; null if it does not exist. Never blocks on a pipe. Throws rules-invalid, file-unreadable. */
export async function readRulesFile(path: string): Promise<Rules | null> {
  const file = basename(path);
  let found: BoundedRead;
  try {
    found = await readBoundedFile(path, rulesFileBytes);
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return null;
    throw new AppError('file-unreadable', { file, detail: errorDetail(error) }, { cause: error });
  }
  if (found.kind !== 'read') throw new AppError('rules-invalid', { file, detail: { reason: found.kind } });
  return parseRules(found.bytes.toString('utf8'));
}
