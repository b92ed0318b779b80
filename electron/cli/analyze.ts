import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { AppError } from '#core/util/app-error.ts';
import { describeAnalysis } from '#core/analysis/describe-analysis.ts';
import { RULES_FILE, defaultRules, parseRules } from '#core/filetree/check-rules.ts';
import type { Rules } from '#core/filetree/check-rules.ts';
import type { CommandLine } from './parse-arguments.ts';
import { printReport } from './print-report.ts';
import { readImage } from './read-image.ts';
import type { Shell } from './shell.ts';

type Analyze = Extract<CommandLine, { kind: 'analyze' }>;

/**
 * `slipway analyze`: prints the report as text or, with --json, as analysisReportSchema has it. Answers the exit status:
 * 0, or 1 when --ci is given and a rule fails. Throws what reading the image throws.
 */
export async function analyze(command: Analyze, shell: Shell): Promise<number> {
  const rules = await readRules(command, shell.folder);
  const scanned = await readImage(command.image, command.platform, shell);
  const { report } = describeAnalysis(scanned, rules);
  shell.write(command.json ? `${JSON.stringify(report, null, 2)}\n` : printReport(report));
  const failed = report.rules.some(({ outcome }) => outcome === 'failed');
  return command.ci && failed ? 1 : 0;
}

async function readRules({ rulesFile }: Analyze, folder: string): Promise<Rules> {
  const file = resolve(folder, rulesFile ?? RULES_FILE);
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch (error) {
    if (rulesFile === null) return defaultRules;
    throw new AppError('file-unreadable', { file: rulesFile, detail: '' }, { cause: error });
  }
  return parseRules(text);
}
