import type { ImageDetail, LayerOrigin, LineEvidence } from '../schema/image.ts';
import { toOneLine } from '../format/to-one-line.ts';

/** The facts of a layer that every view displays. */
export interface LayerFacts {
  /** "apt-get install python3"; the image's name for a base image with one layer. */
  readonly name: string;
  readonly origin: LayerOrigin;
  /** 1-based line of the built Dockerfile; for a base layer that of the FROM. */
  readonly line: number | null;
  readonly evidence: LineEvidence | null;
  readonly copiedFrom: string | null;
}

/** The facts of an image's layers by their index. */
export function listLayerFacts(
  { history }: Pick<ImageDetail, 'history'>,
  base: { readonly name: string; readonly line: number | null }
): ReadonlyMap<number, LayerFacts> {
  const isOnlyBaseLayer = history.filter((row) => row.origin === 'base' && row.layerIndex !== null).length === 1;
  return new Map(
    history.flatMap((row): [number, LayerFacts][] => {
      if (row.layerIndex === null) return [];
      const isBase = row.origin === 'base';
      const label = labelInstruction(row.instruction === '' ? row.createdBy : row.instruction);
      return [
        [
          row.layerIndex,
          {
            name: isBase && isOnlyBaseLayer ? base.name : label,
            origin: row.origin,
            line: row.line ?? (isBase ? base.line : null),
            evidence: row.evidence,
            copiedFrom: row.copiedFrom
          }
        ]
      ];
    })
  );
}

/** The short title of a layer's instruction: for a RUN its command alone, without the flags of RUN itself. */
export function labelInstruction(instruction: string): string {
  return toOneLine(instruction).replace(/^RUN\s+(?:--\S+\s+)*/i, '');
}
