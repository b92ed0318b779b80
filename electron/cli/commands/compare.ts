import { maxComparedImages, minComparedImages } from '#contract/domain/comparison-limits.ts';
import type { ComparisonProgress } from '#contract/schema/comparison.ts';
import { words } from '#contract/words/words.ts';
import { ComparisonExplorer } from '#core/compare/comparison-explorer.ts';
import { writeComparison } from '#core/export/formats.ts';
import { ImageExplorer } from '#core/analysis/explore/image-explorer.ts';
import { defaultRules } from '#core/filetree/check-rules.ts';
import type { Command, OptionsOf } from '../command.ts';
import { readCompared } from '../read-compared.ts';
import { readChoice } from '../read-image.ts';
import { UsageError } from '../usage-error.ts';

const options = {
  json: { type: 'boolean' },
  fetch: { type: 'boolean' },
  packages: { type: 'boolean' },
  contents: { type: 'boolean' },
  platform: { type: 'string', value: 'platform' },
  engine: { type: 'string', value: 'engine' }
} as const satisfies OptionsOf<'compare'>;

/**
 * `slipway compare`: prints the differences to the first image whose layers are available locally, as Markdown or, with
 * --json, by comparisonReportSchema. Throws UsageError, and what readCompared and reading more of the images throw.
 */
export const compare: Command<typeof options> = {
  name: 'compare',
  options,
  operands: { name: 'image', min: minComparedImages, max: maxComparedImages, completion: 'files' },
  exitStatuses: ['0', '2', '130'],
  run: async ({ options: { json, fetch, packages, contents, ...chosen }, operands: images }, shell) => {
    if ((packages || contents) && images.includes('-')) throw new UsageError(words.cli.stdinReadOnce);
    const context = { rules: { ...defaultRules, rulesFrom: 'defaults', rulesError: null }, builtFrom: null } as const;
    const compared = await readCompared({ images, choice: readChoice(chosen), fetch }, shell);
    const explorers = compared.map(({ scanned }) => new ImageExplorer(scanned, context));
    const comparison = new ComparisonExplorer(
      explorers,
      compared.map(({ source }) => source),
      compared.map(({ remote }) => remote)
    );
    const { overview, readPackages, readContents } = comparison.answers;
    const emit = ({ image, progress }: ComparisonProgress): void => {
      if (progress.phase === 'waiting') shell.log(`${words.cli.readingAgain(images[image] ?? '')}\n`);
    };
    const job = { signal: shell.signal, emit };
    if (packages) await readPackages({}, job);
    if (contents) await readContents({}, job);
    // An image whose layers are not available locally cannot be the baseline.
    const baseline = overview({ baseline: 0 }).filesBaseline ?? 0;
    shell.write(writeComparison(explorers, comparison.report(baseline), json ? 'json' : 'markdown'));
    return 0;
  }
};
