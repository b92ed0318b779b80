import type { ComparisonProgress } from '#contract/schema/comparison.ts';
import { ComparisonExplorer } from '#core/compare/comparison-explorer.ts';
import { writeComparison } from '#core/export/formats.ts';
import { ImageExplorer } from '#core/analysis/explore/image-explorer.ts';
import { defaultRules } from '#core/filetree/check-rules.ts';
import type { CommandLine } from './parse-arguments.ts';
import { readCompared } from './read-compared.ts';
import type { Shell } from './shell.ts';

type Compare = Extract<CommandLine, { kind: 'compare' }>;

/**
 * `slipway compare`: prints what differs from the first image (of those whose layers are here) as Markdown or, with
 * --json, as comparisonReportSchema has it. Answers the exit status. Throws what reading the images throws.
 */
export async function compare(command: Compare, shell: Shell): Promise<number> {
  const context = { rules: { ...defaultRules, rulesFrom: 'defaults', rulesError: null }, builtFrom: null } as const;
  const images = await readCompared(command, shell);
  const explorers = images.map(({ scanned }) => new ImageExplorer(scanned, context));
  const comparison = new ComparisonExplorer(
    explorers,
    images.map(({ source }) => source),
    images.map(({ remote }) => remote)
  );
  const { overview, readPackages, readContents } = comparison.answers;
  const emit = ({ image, progress }: ComparisonProgress): void => {
    if (progress.phase === 'waiting') shell.log(`Reading ${command.images[image] ?? ''} once more\n`);
  };
  const job = { signal: shell.signal, emit };
  if (command.packages) await readPackages({}, job);
  if (command.contents) await readContents({}, job);
  // Nothing can be measured against an image whose layers are not here.
  const baseline = overview({ baseline: 0 }).filesBaseline ?? 0;
  shell.write(writeComparison(explorers, comparison.report(baseline), command.json ? 'json' : 'markdown'));
  return 0;
}
