import type { ComparisonProgress } from '../contract/schema/comparison.ts';
import { ComparisonExplorer } from '../core/image/compare/comparison-explorer.ts';
import { ImageExplorer } from '../core/image/explore/image-explorer.ts';
import { defaultRules } from '../core/image/layer/check-rules.ts';
import type { LayerSource } from '../core/image/read-layer-files.ts';
import type { CommandLine } from './parse-arguments.ts';
import { readImage, sourceOf } from './read-image.ts';
import type { Shell } from './shell.ts';

type Compare = Extract<CommandLine, { kind: 'compare' }>;

/**
 * `slipway compare`: prints what differs from the first image as Markdown or, with --json, as comparisonReportSchema has
 * it. Answers the exit status. Throws what reading the images throws.
 */
export async function compare({ images, platform, json, ...more }: Compare, shell: Shell): Promise<number> {
  const context = { rules: { ...defaultRules, rulesFrom: 'defaults', rulesError: null }, builtFrom: null } as const;
  const explorers: ImageExplorer[] = [];
  const sources: LayerSource[] = [];
  for (const image of images) {
    const scanned = await readImage(image, platform, shell);
    explorers.push(new ImageExplorer(scanned, context));
    sources.push(sourceOf(image, scanned, shell));
  }
  const { document, readPackages, readContents } = new ComparisonExplorer(explorers, sources).answers;
  const emit = ({ image, progress }: ComparisonProgress): void => {
    if (progress.phase === 'waiting') shell.tell(`Reading ${images[image] ?? ''} once more\n`);
  };
  const job = { signal: shell.signal, emit };
  if (more.packages) await readPackages({}, job);
  if (more.contents) await readContents({}, job);
  shell.write(document({ baseline: 0, format: json ? 'json' : 'markdown' }));
  return 0;
}
