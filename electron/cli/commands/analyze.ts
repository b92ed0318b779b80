import { resolve } from 'node:path';
import { words } from '#contract/words/words.ts';
import { AppError } from '#core/util/app-error.ts';
import { describeAnalysis } from '#core/analysis/describe-analysis.ts';
import { writeJson } from '#core/export/write-json.ts';
import { readRulesFile } from '#core/analysis/read-rules-file.ts';
import { RULES_FILE, defaultRules } from '#core/filetree/check-rules.ts';
import type { Rules } from '#core/filetree/check-rules.ts';
import type { Command, OptionsOf } from '../command.ts';
import { isInRegistry } from '../image-in-registry.ts';
import { printReport } from '../print/print-report.ts';
import { readChoice, readImage } from '../read-image.ts';
import { UsageError } from '../usage-error.ts';

const options = {
  json: { type: 'boolean' },
  ci: { type: 'boolean' },
  'ci-config': { type: 'string', value: 'file' },
  platform: { type: 'string', value: 'platform' },
  image: { type: 'string', value: 'image' },
  engine: { type: 'string', value: 'engine' }
} as const satisfies OptionsOf<'analyze'>;

/**
 * `slipway analyze`: prints the report as text or, with --json, by analysisReportSchema. The exit status is 0, or 1 with
 * --ci if a rule fails. Throws UsageError, rules-invalid, file-unreadable, and what readImage throws.
 */
export const analyze: Command<typeof options> = {
  name: 'analyze',
  options,
  operands: { name: 'image', min: 1, max: 1, completion: 'files' },
  exitStatuses: ['0', '1', '2', '130'],
  run: async ({ options: { json, ci, 'ci-config': rulesFile, ...choice }, operands: [image = ''] }, shell) => {
    if (isInRegistry(image)) throw new UsageError(words.cli.registryNotAnalyzed);
    const rules = await readRules(rulesFile, shell.folder);
    const scanned = await readImage(image, readChoice(choice), shell);
    const { report } = describeAnalysis(scanned, rules);
    shell.write(json ? writeJson(report) : printReport(report, shell.columns));
    const failed = report.rules.some(({ outcome }) => outcome === 'failed');
    return ci && failed ? 1 : 0;
  }
};

async function readRules(rulesFile: string | undefined, folder: string): Promise<Rules> {
  const rules = await readRulesFile(resolve(folder, rulesFile ?? RULES_FILE));
  if (rules !== null) return rules;
  if (rulesFile === undefined) return defaultRules;
  throw new AppError('file-unreadable', { file: rulesFile, detail: { reason: 'no-such-file' } });
}
