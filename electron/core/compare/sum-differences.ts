import { add } from '../analysis/explore/layer-sums.ts';
import type { FileComparison } from './compare-files.ts';

/** By how many bytes an image differs from the baseline, per path; for a directory, including everything below it. */
export interface DifferenceSums {
  /** Added bytes: of files that the image adds, or that are larger in it. */
  readonly moreBytes: Float64Array;
  readonly fewerBytes: Float64Array;
  /** Files and links whose size differs. */
  readonly fileCount: Int32Array;
}

/** Sums up the differences between an image and the baseline in one pass. */
export function sumDifferences({ fileSizes, parent, baseline }: FileComparison, image: number): DifferenceSums {
  const count = parent.length;
  const sums = {
    moreBytes: new Float64Array(count),
    fewerBytes: new Float64Array(count),
    fileCount: new Int32Array(count)
  };
  const [before, after] = [fileSizes[baseline], fileSizes[image]];
  for (let node = count - 1; node >= 0; node--) {
    const delta = Math.max(0, after?.[node] ?? 0) - Math.max(0, before?.[node] ?? 0);
    if (delta !== 0) {
      add(delta > 0 ? sums.moreBytes : sums.fewerBytes, node, Math.abs(delta));
      add(sums.fileCount, node, 1);
    }
    const above = parent[node] ?? -1;
    if (above < 0) continue;
    for (const column of [sums.moreBytes, sums.fewerBytes, sums.fileCount]) add(column, above, column[node] ?? 0);
  }
  return sums;
}
