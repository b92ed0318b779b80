import type { LayerOrigin, LineEvidence } from '../../../../electron/contract/schema/image.ts';
import type { AnalysisOverview } from '../../../../electron/contract/schema/image-files.ts';
import type { Place } from '../../workspace/selection.svelte.ts';
import { labelInstruction } from '../../treemap/layer-facts.ts';

/** What a view says of one layer. */
export interface LayerLabel extends Place {
  readonly layerIndex: number;
  /** Its instruction, shortened; a base layer's is the base image's name where that is known. */
  readonly name: string;
  /** The whole instruction, as a person would write it. */
  readonly instruction: string;
  readonly origin: LayerOrigin;
  readonly evidence: LineEvidence | null;
  readonly sizeBytes: number;
}

/** The layers of an image by their index, with the lines that made them. */
export function labelLayers({ layers, image }: Pick<AnalysisOverview, 'layers' | 'image'>): LayerLabel[] {
  const rows = new Map(image.history.map((row) => [row.layerIndex, row]));
  return layers.map(({ index, command, createdBy, sizeBytes }) => {
    const row = rows.get(index);
    const instruction = [row?.instruction, command, createdBy].find((told) => told !== undefined && told !== '') ?? '';
    const isBase = row?.origin === 'base';
    return {
      layerIndex: index,
      line: row?.line ?? null,
      name: (isBase ? image.baseName : null) ?? labelInstruction(instruction),
      instruction,
      origin: row?.origin ?? 'other',
      evidence: row?.evidence ?? null,
      sizeBytes
    };
  });
}
