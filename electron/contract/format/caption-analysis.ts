import type { AnalysisReport } from '../schema/analysis.ts';
import { words } from '../words/words.ts';
import { formatBytes } from './format-bytes.ts';

type Numbers = Pick<AnalysisReport, 'imageSizeBytes' | 'removableBytes' | 'hiddenBytes'>;

/** The numbers above a picture of an analyzed image: its total, what is removable, and what is hidden. */
export function captionAnalysis({ imageSizeBytes, removableBytes, hiddenBytes }: Numbers, layerCount: number): string {
  const { uncompressedSize, removableSize, hiddenSize } = words.layers;
  return [
    uncompressedSize(formatBytes(imageSizeBytes)),
    words.layers.layerCount(layerCount),
    ...(removableBytes > 0 ? [removableSize(formatBytes(removableBytes))] : []),
    ...(hiddenBytes > 0 ? [hiddenSize(formatBytes(hiddenBytes))] : [])
  ].join(' · ');
}
