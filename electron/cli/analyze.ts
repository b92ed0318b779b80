import { readFile, stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { Readable } from 'node:stream';
import type { AnalysisProgress } from '../contract/schema/analysis.ts';
import { AppError } from '../core/app-error.ts';
import type { EngineClient } from '../core/engine/engine-client.ts';
import { scanEngineImage, scanPath, scanStream } from '../core/image/analyze-image.ts';
import type { ScannedImage } from '../core/image/analyze-image.ts';
import { describeAnalysis } from '../core/image/describe-analysis.ts';
import { RULES_FILE, defaultRules, parseRules } from '../core/image/layer/check-rules.ts';
import type { Rules } from '../core/image/layer/check-rules.ts';
import type { CommandLine } from './parse-arguments.ts';
import { printReport } from './print-report.ts';

/** What the command needs of the world around it. */
export interface Shell {
  folder: string;
  stdin: Readable;
  write: (text: string) => void;
  /** Progress and errors: not part of what the command answers. */
  tell: (text: string) => void;
  openEngine: (signal: AbortSignal) => Promise<EngineClient>;
  signal: AbortSignal;
}

type Analyze = Extract<CommandLine, { kind: 'analyze' }>;

/**
 * `slipway analyze`: prints the report as text or, with --json, as analysisReportSchema has it. Answers the exit status:
 * 0, or 1 when --ci is given and a rule fails. Throws what reading the image throws.
 */
export async function analyze(command: Analyze, shell: Shell): Promise<number> {
  const rules = await readRules(command, shell.folder);
  const scanned = await scan(command, shell);
  const { report } = describeAnalysis(scanned, rules);
  shell.write(command.json ? `${JSON.stringify(report, null, 2)}\n` : printReport(report));
  const failed = report.rules.some(({ outcome }) => outcome === 'failed');
  return command.ci && failed ? 1 : 0;
}

/** What is there as a file or a folder is read from there; "-" is the standard input; all else an engine is asked for. */
async function scan({ image, platform }: Analyze, shell: Shell): Promise<ScannedImage> {
  const options = { signal: shell.signal, choice: { platform }, onProgress: progressTo(shell.tell) };
  if (image === '-') return scanStream(shell.stdin, { kind: 'archive', name: 'standard input' }, options);
  const path = resolve(shell.folder, image);
  const exists = await stat(path).then(
    () => true,
    () => false
  );
  if (exists) return scanPath(path, options);
  if (/^[./~]|\.(tar|tgz|gz|zst)$/.test(image)) {
    throw new AppError('archive-unreadable', { archive: image, detail: 'It is not there.' });
  }
  return scanEngineImage(await shell.openEngine(shell.signal), image, options);
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

const TOLD_EVERY_BYTES = 256 * 1024 ** 2;

/** Says that an engine is waited for, and then where reading is, sparsely. */
function progressTo(tell: (text: string) => void): (progress: AnalysisProgress) => void {
  let next = TOLD_EVERY_BYTES;
  return ({ phase, readBytes, totalBytes }) => {
    if (phase === 'waiting') tell('Waiting for the engine to export the image\n');
    if (readBytes < next) return;
    next = readBytes + TOLD_EVERY_BYTES;
    const total = totalBytes === null ? '' : ` of ${Math.round(totalBytes / 1e6)}`;
    tell(`Read ${Math.round(readBytes / 1e6)}${total} MB\n`);
  };
}
