import { join } from 'node:path';
import { readFile } from 'node:fs/promises';
import { AppError, toErrorData } from '../app-error.ts';
import type { ExplorerContext } from './explore/image-explorer.ts';
import { RULES_FILE, defaultRules, parseRules } from './layer/check-rules.ts';

/** The rules of a project's `.dive-ci`; dive's own where there is none, or where it cannot be read, which is told. */
export async function readProjectRules(folder: string | null): Promise<ExplorerContext['rules']> {
  const defaults = { ...defaultRules, rulesFrom: 'defaults', rulesError: null } as const;
  if (folder === null) return defaults;
  try {
    const text = await readFile(join(folder, RULES_FILE), 'utf8');
    return { ...parseRules(text), rulesFrom: 'project', rulesError: null };
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return defaults;
    const told = error instanceof AppError ? error : new AppError('file-unreadable', { file: RULES_FILE, detail: '' });
    return { ...defaults, rulesError: toErrorData(told) };
  }
}
