import { join } from 'node:path';
import { AppError, toErrorData } from '../util/app-error.ts';
import { errorCode } from '../util/error-code.ts';
import { readBoundedFile } from '../util/read-bounded-file.ts';
import type { ExplorerContext } from './explore/image-explorer.ts';
import { RULES_FILE, defaultRules, parseRules, rulesFileBytes } from '../filetree/check-rules.ts';

/** The rules of a project's `.dive-ci`; dive's defaults if there is none, or with an error if it cannot be read. */
export async function readProjectRules(folder: string | null): Promise<ExplorerContext['rules']> {
  const defaults = { ...defaultRules, rulesFrom: 'defaults', rulesError: null } as const;
  if (folder === null) return defaults;
  try {
    const found = await readBoundedFile(join(folder, RULES_FILE), rulesFileBytes);
    if (found.kind !== 'read') throw new AppError('rules-invalid', { file: RULES_FILE, detail: details[found.kind] });
    return { ...parseRules(found.bytes.toString('utf8')), rulesFrom: 'project', rulesError: null };
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return defaults;
    const appError =
      error instanceof AppError ? error : new AppError('file-unreadable', { file: RULES_FILE, detail: '' });
    return { ...defaults, rulesError: toErrorData(appError) };
  }
}

const details = { 'too-large': { reason: 'too-large' }, 'not-a-file': { reason: 'not-a-file' } } as const;
