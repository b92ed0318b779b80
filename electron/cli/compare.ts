import { ComparisonExplorer } from '../core/image/compare/comparison-explorer.ts';
import { ImageExplorer } from '../core/image/explore/image-explorer.ts';
import { defaultRules } from '../core/image/layer/check-rules.ts';
import type { CommandLine } from './parse-arguments.ts';
import { readImage } from './read-image.ts';
import type { Shell } from './shell.ts';

type Compare = Extract<CommandLine, { kind: 'compare' }>;

/**
 * `slipway compare`: prints what differs from the first image as Markdown or, with --json, as comparisonReportSchema has
 * it. Answers the exit status. Throws what reading the images throws.
 */
export async function compare({ images, platform, json }: Compare, shell: Shell): Promise<number> {
  const context = { rules: { ...defaultRules, rulesFrom: 'defaults', rulesError: null }, builtFrom: null } as const;
  const explorers: ImageExplorer[] = [];
  for (const image of images) explorers.push(new ImageExplorer(await readImage(image, platform, shell), context));
  const { document } = new ComparisonExplorer(explorers).answers;
  shell.write(document({ baseline: 0, format: json ? 'json' : 'markdown' }));
  return 0;
}
