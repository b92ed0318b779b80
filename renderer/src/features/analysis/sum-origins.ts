import type { ImageDetail, LayerOrigin } from '#contract/schema/image.ts';

/** An image's bytes by origin. */
export interface OriginSums {
  readonly ownBytes: number;
  readonly baseBytes: number;
  /** Number of empty layers, and of rows without a layer. */
  readonly emptyCount: number;
  readonly origins: ReadonlySet<LayerOrigin>;
}

/** Adds up the layers of an image by their origin; `origins` has only those with bytes. */
export function sumOrigins({ history }: Pick<ImageDetail, 'history'>): OriginSums {
  const drawn = history.filter(({ sizeBytes }) => sizeBytes > 0);
  const sum = (isBase: boolean): number =>
    drawn.filter(({ origin }) => (origin === 'base') === isBase).reduce((total, row) => total + row.sizeBytes, 0);
  return {
    ownBytes: sum(false),
    baseBytes: sum(true),
    emptyCount: history.length - drawn.length,
    origins: new Set(drawn.map(({ origin }) => origin))
  };
}
