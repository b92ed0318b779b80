import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { compareLayers, compareSizes, type LayerToCompare } from '#core/compare/compare-layers.ts';

/** "base:60 RUN-a:5": layers with a diffID and a size, or of an instruction (after a "-") with its own diffID. */
function layersOf(image: string): LayerToCompare[] {
  return image.split(' ').map((word, index) => {
    const [name = '', size = '0'] = word.split(':');
    const [command = '', own = ''] = name.split('-');
    return { index, diffId: `sha256:${name}${own}`, sizeBytes: Number(size), compressedBytes: null, command };
  });
}

const shown = (images: LayerToCompare[][]): string[] =>
  compareLayers(images).map(({ layers, sharedBy }) =>
    `${layers.map((layer) => layer?.sizeBytes ?? '.').join(' ')} ${sharedBy.join('')}`.trim()
  );

describe('the layers of several images', () => {
  test('share a row if they are identical, or of the same instruction', () => {
    const images = ['base:60 RUN apt-1:30 COPY-1:5', 'base:60 RUN apt-2:12 LABEL-1:1 COPY-1:5'];
    expect(shown(images.map((image) => layersOf(image.replaceAll('RUN apt', 'RUN'))))).toEqual([
      '60 60 01',
      '30 12',
      '. 1',
      '5 5 01'
    ]);
  });

  test('are marked in every group of images that shares them, in whatever row they are', () => {
    const two = 'base:60 RUN-1:30';
    const other = 'debian:50 RUN-2:9';
    const images = [two, two, other, other, 'alone:1 RUN-3:8'].map(layersOf);
    const shared = compareLayers(images).flatMap(({ layers, sharedBy }) =>
      sharedBy.map((image) => `${image} ${layers[image]?.sizeBytes ?? 0}`)
    );
    expect(shared.sort()).toEqual(['0 30', '0 60', '1 30', '1 60', '2 50', '2 9', '3 50', '3 9']);
    const swapped = compareLayers([layersOf('a:1 b:2'), layersOf('b:2 a:1')]);
    expect(swapped.reduce((sum, { sharedBy }) => sum + sharedBy.length, 0)).toBe(4);
  });

  test('without common layers follow one another', () => {
    expect(shown([layersOf('a:1 b:2'), layersOf('c:3')])).toEqual(['1 .', '2 .', '. 3']);
  });

  test('are each in one row, in their own order, for any images', () => {
    const layer = fc.constantFrom('a:1', 'b:2', 'RUN-1:3', 'RUN-2:4', 'COPY-1:5');
    const image = fc.array(layer, { minLength: 1, maxLength: 8 }).map((words) => layersOf(words.join(' ')));
    fc.assert(
      fc.property(fc.array(image, { minLength: 2, maxLength: 6 }), (images) => {
        const rows = compareLayers(images);
        images.forEach((layers, at) => {
          expect(rows.flatMap((row) => row.layers[at]?.index ?? [])).toEqual(layers.map(({ index }) => index));
        });
      })
    );
  });

  test('are counted once if several images have them', () => {
    expect(compareSizes([layersOf('base:60 x:30'), layersOf('base:60 y:10'), layersOf('base:60')], 1)).toEqual({
      sizes: [90, 70, 60],
      deltas: [20, 0, -10],
      togetherBytes: 100,
      sharedByAllBytes: 60
    });
  });
});
