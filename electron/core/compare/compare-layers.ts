import type { AnalyzedLayer } from '#contract/schema/analysis.ts';
import type { ComparedLayer, ComparedSizes } from '#contract/schema/comparison.ts';

export type LayerToCompare = Pick<AnalyzedLayer, 'index' | 'diffId' | 'command'> &
  Pick<NonNullable<ComparedLayer['layers'][number]>, 'sizeBytes' | 'compressedBytes'>;
type Row = Pick<ComparedLayer, 'layers' | 'command'>;

/**
 * Aligns the layers of several images, keeping each image's order: identical layers share a row,
 * and so do layers created by the same instruction, as far as the orders allow.
 */
export function compareLayers(images: readonly (readonly LayerToCompare[])[]): ComparedLayer[] {
  let rows: Row[] = [];
  images.forEach((layers, image) => {
    rows = alignRows(rows, layers, image, images.length);
  });
  const holders = new Map<string, Set<number>>();
  images.forEach((layers, image) => {
    for (const { diffId } of layers) holders.set(diffId, (holders.get(diffId) ?? new Set()).add(image));
  });
  return rows.map((row) => ({ ...row, sharedBy: sharersOf(row, holders) }));
}

/** The disk space of each image, and of all together: a layer that several have is stored once. */
export function compareSizes(images: readonly (readonly LayerToCompare[])[], baseline: number): ComparedSizes {
  const sizes = images.map((layers) =>
    layers.reduce<number | null>(
      (sum, { sizeBytes }) => (sum === null || sizeBytes === null ? null : sum + sizeBytes),
      0
    )
  );
  const base = sizes[baseline] ?? null;
  const stored = new Map(images.flat().map(({ diffId, sizeBytes }) => [diffId, sizeBytes]));
  const inAll = [...stored].filter(([id]) => images.every((layers) => layers.some(({ diffId }) => diffId === id)));
  const sum = (values: Iterable<number | null>): number =>
    [...values].reduce<number>((total, size) => total + (size ?? 0), 0);
  return {
    sizes,
    deltas: sizes.map((size) => (size === null || base === null ? null : size - base)),
    togetherBytes: sum(stored.values()),
    sharedByAllBytes: sum(inAll.map(([, sizeBytes]) => sizeBytes))
  };
}

/** The alignment that keeps both orders and matches most; identical layers weigh more than similar ones. */
function alignRows(rows: readonly Row[], layers: readonly LayerToCompare[], image: number, imageCount: number): Row[] {
  const width = layers.length + 1;
  const best = new Float64Array((rows.length + 1) * width);
  for (let row = rows.length - 1; row >= 0; row--) {
    for (let at = layers.length - 1; at >= 0; at--) {
      const matched = similarity(rows[row], layers[at]);
      const both = matched > 0 ? matched + (best[(row + 1) * width + at + 1] ?? 0) : 0;
      best[row * width + at] = Math.max(both, best[(row + 1) * width + at] ?? 0, best[row * width + at + 1] ?? 0);
    }
  }
  const aligned: Row[] = [];
  let row = 0;
  let at = 0;
  while (row < rows.length || at < layers.length) {
    const [above, layer] = [rows[row], layers[at]];
    const current = best[row * width + at] ?? 0;
    const matched = similarity(above, layer);
    if (above && layer && matched > 0 && current === matched + (best[(row + 1) * width + at + 1] ?? 0)) {
      aligned.push({ ...above, layers: replaced(above.layers, image, layer) });
      row++;
      at++;
    } else if (above && (!layer || current === (best[(row + 1) * width + at] ?? 0))) {
      aligned.push(above);
      row++;
    } else if (layer) {
      const alone: Row['layers'] = Array.from({ length: imageCount }, () => null);
      aligned.push({ command: layer.command, layers: replaced(alone, image, layer) });
      at++;
    }
  }
  return aligned;
}

const sameLayer = 1000;

function similarity(row: Row | undefined, layer: LayerToCompare | undefined): number {
  if (!row || !layer) return 0;
  if (row.layers.some((cell) => cell?.diffId === layer.diffId)) return sameLayer;
  return layer.command !== '' && row.command === layer.command ? 1 : 0;
}

function replaced(cells: Row['layers'], image: number, { command: _, ...layer }: LayerToCompare): Row['layers'] {
  return cells.map((cell, at) => (at === image ? layer : cell));
}

/** The images of a row whose layer another image has too, in whatever row; they may be several groups. */
function sharersOf({ layers }: Row, holders: ReadonlyMap<string, ReadonlySet<number>>): number[] {
  return layers.flatMap((cell, image) => ((holders.get(cell?.diffId ?? '')?.size ?? 0) > 1 ? [image] : []));
}
