import { pathOf } from '../filetree/layer-table.ts';
import type { FileComparison } from './compare-files.ts';

/** Files whose content must be read to compare them. */
export interface ContentPlan {
  /**
   * Each file once, by the diffID of its layer and its path in it; `image` has it, and it is at `node` of the
   * comparison.
   */
  readonly files: readonly {
    readonly diffId: string;
    readonly path: string;
    readonly image: number;
    readonly node: number;
  }[];
  /** Number of their paths. */
  readonly pathCount: number;
  /** Total size of the layers with these files: those must be decompressed. */
  readonly layerBytes: number;
}

/**
 * Finds the files that have the same size in several images and are not from a shared layer. Modification times are not
 * compared: tools set them all to the same value, and copying changes them.
 */
export function planContents({ images, treeNodes, fileSizes, name }: FileComparison): ContentPlan {
  const files: ContentPlan['files'][number][] = [];
  const layers = new Map<string, number>();
  let pathCount = 0;
  const entryAt = (image: number, node: number) => {
    const { final, tables, report } = images[image] ?? {};
    const treeNode = treeNodes[image]?.[node] ?? -1;
    const layer = final?.layer[treeNode] ?? -1;
    return {
      table: tables?.[layer],
      source: final?.source[treeNode] ?? -1,
      diffId: report?.layers[layer]?.diffId ?? ''
    };
  };
  for (let node = 1; node < name.length; node++) {
    const alike = imagesOfSameSize(fileSizes, node);
    if (alike === null) continue;
    const entries = alike.map((image) => ({ image, size: fileSizes[image]?.[node] ?? 0, ...entryAt(image, node) }));
    const toRead = entries.filter((one) =>
      entries.some((other) => other.size === one.size && (other.diffId !== one.diffId || other.source !== one.source))
    );
    for (const { image, table, source, diffId } of toRead) {
      if (!table) continue;
      files.push({ diffId, path: pathOf(table, source), image, node });
      layers.set(diffId, table.sizeBytesTotal);
    }
    if (toRead.length > 0) pathCount += 1;
  }
  return { files, pathCount, layerBytes: [...layers.values()].reduce((sum, bytes) => sum + bytes, 0) };
}

/** The images that have a file, if it has the same size in two of them. Only entries with bytes count as files. */
function imagesOfSameSize(fileSizes: readonly Float64Array[], node: number): number[] | null {
  let found = false;
  for (let one = 1; one < fileSizes.length && !found; one++) {
    const size = fileSizes[one]?.[node] ?? -1;
    for (let other = 0; size > 0 && other < one; other++) if (fileSizes[other]?.[node] === size) found = true;
  }
  if (!found) return null;
  return [...fileSizes.keys()].filter((image) => (fileSizes[image]?.[node] ?? -1) > 0);
}
