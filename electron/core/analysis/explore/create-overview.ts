import type { AppErrorData } from '#contract/schema/error.ts';
import type { ImageDetail } from '#contract/schema/image.ts';
import type { AnalysisOverview } from '#contract/schema/analysis-overview.ts';
import type { ScannedImage } from '../scan-image.ts';
import type { ImageAnalysis } from '../describe-analysis.ts';
import { describeHistory, readTime, type BuiltFrom, type HistoryEntry } from '../../images/describe-history.ts';
import { joinHistory, type LayerJoin } from '../../oci/join-history.ts';

const maxPaths = 1000;
const maxChoices = 200;

/** The source of the applied rules. */
export interface RulesOrigin {
  rulesFrom: AnalysisOverview['rulesFrom'];
  rulesError: AppErrorData | null;
}

/** The summary of an analyzed image. */
export function createOverview(
  { image, layers }: Pick<ScannedImage, 'image' | 'layers'>,
  { report }: ImageAnalysis,
  builtFrom: BuiltFrom | null,
  rules: RulesOrigin
): AnalysisOverview {
  const { layers: analyzed, inefficientPaths, savings, ...numbers } = report;
  const sizes = analyzed.map(({ sizeBytes }) => sizeBytes);
  const { entries, join } = joinConfig(image.config.history, sizes);
  const created = image.config.created;
  const detail: ImageDetail = {
    id: numbers.imageId ?? image.configDigest ?? image.manifestDigest ?? '',
    tags: image.tags,
    repoDigests: [],
    sizeBytes: numbers.imageSizeBytes,
    createdAt: readTime(Date.parse(created)),
    platform: image.platform,
    layerCount: layers.length,
    joinExact: join.exact,
    ...describeHistory(
      entries,
      join,
      layers.map(({ diffId }) => diffId),
      builtFrom && { platform: image.platform, ...builtFrom }
    )
  };
  return {
    report: numbers,
    layers: analyzed,
    image: detail,
    choices: image.choices.slice(0, maxChoices),
    savings: savings.map((saving) => ({
      ...saving,
      paths: saving.paths.slice(0, maxPaths),
      pathCount: saving.paths.length
    })),
    inefficientPaths: inefficientPaths.slice(0, maxPaths),
    inefficientPathCount: inefficientPaths.length,
    ...rules
  };
}

type ConfigHistory = ScannedImage['image']['config']['history'];

/** The config records which rows created layers; if their number does not match, the join is a best guess. */
function joinConfig(history: ConfigHistory, sizes: readonly number[]): { entries: HistoryEntry[]; join: LayerJoin } {
  const made = history.filter((row) => !row.empty_layer).length;
  const rows = history.map((row) => ({
    createdBy: row.created_by,
    comment: row.comment,
    createdAt: readTime(Date.parse(row.created))
  }));
  if (made === sizes.length) {
    let next = 0;
    const layerIndexes = history.map((row) => (row.empty_layer ? null : next++));
    return { entries: withSizes(rows, layerIndexes, sizes), join: { layerIndexes, exact: true } };
  }
  const guessed = joinHistory(
    rows.map((row) => ({ ...row, sizeBytes: 0 })),
    sizes.length
  );
  const entries = new Set(guessed.layerIndexes);
  // Layers without a matching row are also listed.
  const unmatched = sizes.flatMap((_, layer) => (entries.has(layer) ? [] : [layer]));
  const layerIndexes = [...guessed.layerIndexes, ...unmatched];
  const all = [...rows, ...unmatched.map(() => ({ createdBy: '', comment: '', createdAt: null }))];
  return { entries: withSizes(all, layerIndexes, sizes), join: { layerIndexes, exact: false } };
}

function withSizes(
  rows: readonly Omit<HistoryEntry, 'sizeBytes'>[],
  layerIndexes: readonly (number | null)[],
  sizes: readonly number[]
): HistoryEntry[] {
  return rows.map((row, index) => {
    const layer = layerIndexes[index] ?? null;
    return { ...row, sizeBytes: layer === null ? 0 : (sizes[layer] ?? 0) };
  });
}
