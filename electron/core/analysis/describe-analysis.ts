import type { AnalyzedLayer, AnalysisReport } from '#contract/schema/analysis.ts';
import type { ScannedImage } from './scan-image.ts';
import { cleanHistory, createdByOf } from '../oci/clean-created-by.ts';
import { checkRules } from '../filetree/check-rules.ts';
import type { Rules } from '../filetree/check-rules.ts';
import { emptyCounts } from '../filetree/file-tree.ts';
import type { FileTree } from '../filetree/file-tree.ts';
import type { LayerTable } from '../filetree/layer-table.ts';
import { findSavings, type Savings } from '../savings/find-savings.ts';
import { maskHistory } from '../secrets/mask-secrets.ts';
import { displayName } from '../tar/tar-fields.ts';
import type { TreeView } from '../filetree/tree-view.ts';

/** Everything derived from an image's files: the summary, and the data that rows are built from on demand. */
export interface ImageAnalysis {
  report: AnalysisReport;
  tree: FileTree;
  tables: LayerTable[];
  /** The merged layers: the image as a container sees it. */
  final: TreeView;
  /** For each layer 1 for each entry of its table that a fix can remove. */
  removable: Savings['marks'];
}

/** Computes the tree, the waste and the numbers of a scanned image. Secrets in its commands are masked. */
export function describeAnalysis(
  { source, imageId, image, layers, merged }: ScannedImage,
  rules: Rules
): ImageAnalysis {
  const tables = layers.map(({ table }) => table);
  const { tree, final } = merged;
  const { efficiency, wastedBytes, inefficientPaths } = merged.efficiency;
  const { savings, removableBytes, marks } = findSavings(tree, tables, final);
  const sizes = tables.map(({ sizeBytesTotal }) => sizeBytesTotal);
  const imageSizeBytes = sizes.reduce((sum, size) => sum + size, 0);
  const userSizeBytes = imageSizeBytes - (sizes[0] ?? 0);
  const numbers = { efficiency, wastedBytes, wastedUserFraction: fractionOf(wastedBytes, userSizeBytes) };
  const commands = commandsOf(image.config.history, layers.length);
  const report: AnalysisReport = {
    schemaVersion: 1,
    source,
    tags: image.tags,
    platform: image.platform,
    imageId: imageId ?? null,
    configDigest: image.configDigest,
    manifestDigest: image.manifestDigest,
    imageSizeBytes,
    userSizeBytes,
    ...numbers,
    fileCount: final.fileCount[0] ?? 0,
    hiddenBytes: Math.max(0, imageSizeBytes - (final.sizeBytes[0] ?? 0)),
    removableBytes,
    entryCount: tables.reduce((sum, { entryCount }) => sum + entryCount, 0),
    layers: layers.map(({ table, diffId, compression, storedBytes }, index): AnalyzedLayer => {
      const { createdBy, command } = commands[index] ?? { createdBy: '', command: '' };
      return {
        index,
        diffId,
        digest: image.layers[index]?.digest ?? null,
        command,
        createdBy,
        compression,
        sizeBytes: table.sizeBytesTotal,
        storedBytes,
        ...(tree.layers[index]?.counts ?? emptyCounts())
      };
    }),
    savings,
    inefficientPaths: inefficientPaths.map((path) => ({ ...path, path: displayName(path.path) })),
    rules: checkRules(rules, numbers)
  };
  return { report, tree, tables, final, removable: marks };
}

/** dive divides by zero for an image with one layer: report 0 if nothing is wasted, else 1. */
function fractionOf(wasted: number, user: number): number {
  if (wasted === 0) return 0;
  return user === 0 ? 1 : wasted / user;
}

/** The rows of the history that made layers, in order; nothing when they are not as many as there are layers. */
function commandsOf(
  history: ScannedImage['image']['config']['history'],
  layerCount: number
): { createdBy: string; command: string }[] {
  const rows = maskHistory(history.map(createdByOf));
  const cleaned = cleanHistory(rows);
  const made = rows.flatMap((createdBy, index) =>
    history[index]?.empty_layer ? [] : [{ createdBy, command: cleaned[index] ?? '' }]
  );
  return made.length === layerCount ? made : [];
}
