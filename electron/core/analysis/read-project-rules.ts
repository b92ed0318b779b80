import { join } from 'node:path';
import { RULES_FILE, defaultRules } from '../filetree/check-rules.ts';
import { toErrorData } from '../util/app-error.ts';
import type { ExplorerContext } from './explore/image-explorer.ts';
import { readRulesFile } from './read-rules-file.ts';

/** The rules of a project's `.dive-ci`; dive's defaults without one, or with the error if it cannot be read. */
export async function readProjectRules(folder: string | null): Promise<ExplorerContext['rules']> {
  const defaults = { ...defaultRules, rulesFrom: 'defaults', rulesError: null } as const;
  if (folder === null) return defaults;
  try {
    const rules = await readRulesFile(join(folder, RULES_FILE));
    return rules === null ? defaults : { ...rules, rulesFrom: 'project', rulesError: null };
  } catch (error) {
    return { ...defaults, rulesError: toErrorData(error) };
  }
}
