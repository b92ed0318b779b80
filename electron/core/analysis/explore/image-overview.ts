import type { AppErrorData } from '#contract/schema/error.ts';
import type { ImageDetail } from '#contract/schema/image.ts';
import type { AnalysisOverview } from '#contract/schema/image-files.ts';
import type { ScannedImage } from '../analyze-image.ts';
import type { ImageAnalysis } from '../describe-analysis.ts';
import { describeHistory, readTime, type BuiltFrom, type ToldRow } from '../../images/describe-history.ts';
import { joinHistory, type LayerJoin } from '../../oci/join-history.ts';

const shownPaths = 1000;
const shownChoices = 200;

/** Which rules were applied. */
export interface RulesOrigin {
  rulesFrom: AnalysisOverview['rulesFrom'];
  rulesError: AppErrorData | null;
}

/** What is shown at once of an image that was read. */
export function overviewOf(
  { image, layers }: Pick<ScannedImage, 'image' | 'layers'>,
  { report }: ImageAnalysis,
  builtFrom: BuiltFrom | null,
  rules: RulesOrigin
): AnalysisOverview {
  const { layers: analysed, inefficientPaths, ...numbers } = report;
  const sizes = analysed.map(({ sizeBytes }) => sizeBytes);
  const { told, join } = joinConfig(image.config.history, sizes);
  const created = image.config.created;
  const detail: ImageDetail = {
    id: image.configDigest ?? image.manifestDigest ?? '',
    tags: image.tags,
    repoDigests: [],
    sizeBytes: numbers.imageSizeBytes,
    createdAt: readTime(created == null ? null : Date.parse(created)),
    platform: image.platform,
    layerCount: layers.length,
    joinExact: join.exact,
    ...describeHistory(
      told,
      join,
      layers.map(({ diffId }) => diffId),
      builtFrom
    )
  };
  return {
    report: numbers,
    layers: analysed,
    image: detail,
    choices: image.choices.slice(0, shownChoices),
    inefficientPaths: inefficientPaths.slice(0, shownPaths),
    inefficientPathCount: inefficientPaths.length,
    ...rules
  };
}

type ConfigHistory = ScannedImage['image']['config']['history'];

/** The config tells which rows made layers; where its count is wrong, the join is the likely one. */
function joinConfig(history: ConfigHistory, sizes: readonly number[]): { told: ToldRow[]; join: LayerJoin } {
  const made = history.filter((row) => row.empty_layer !== true).length;
  const rows = history.map((row) => ({
    createdBy: row.created_by ?? '',
    comment: row.comment ?? '',
    createdAt: readTime(row.created == null ? null : Date.parse(row.created))
  }));
  if (made === sizes.length) {
    let next = 0;
    const layerIndexes = history.map((row) => (row.empty_layer === true ? null : next++));
    return { told: withSizes(rows, layerIndexes, sizes), join: { layerIndexes, exact: true } };
  }
  const guessed = joinHistory(
    rows.map((row) => ({ ...row, sizeBytes: 0 })),
    sizes.length
  );
  const told = new Set(guessed.layerIndexes);
  // Layers that no row can have made are shown all the same.
  const untold = sizes.flatMap((_, layer) => (told.has(layer) ? [] : [layer]));
  const layerIndexes = [...guessed.layerIndexes, ...untold];
  const all = [...rows, ...untold.map(() => ({ createdBy: '', comment: '', createdAt: null }))];
  return { told: withSizes(all, layerIndexes, sizes), join: { layerIndexes, exact: false } };
}

function withSizes(
  rows: readonly Omit<ToldRow, 'sizeBytes'>[],
  layerIndexes: readonly (number | null)[],
  sizes: readonly number[]
): ToldRow[] {
  return rows.map((row, index) => {
    const layer = layerIndexes[index] ?? null;
    return { ...row, sizeBytes: layer === null ? 0 : (sizes[layer] ?? 0) };
  });
}
