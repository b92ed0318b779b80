import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { LayerForest, type SizedLayer } from '#contract/domain/layer-forest.ts';

type Images = Map<string, SizedLayer[]>;

/**
 * Few diffIDs, so that images share many layers, and one diffID is on several bases. A layer's size depends on its
 * diffID.
 */
const images: fc.Arbitrary<Images> = fc
  .array(fc.array(fc.constantFrom('a', 'b', 'c', 'd'), { maxLength: 6 }), { maxLength: 12 })
  .map((lists) => new Map(lists.map((list, index) => [`image ${index}`, sized(list)])));

function sized(diffIds: string[]): SizedLayer[] {
  return diffIds.map((diffId, depth) => ({ diffId, sizeBytes: (diffId.charCodeAt(0) - 96) * (depth + 1) }));
}

function plant(from: Images): LayerForest {
  const forest = new LayerForest();
  for (const [id, layers] of from) forest.add(id, layers);
  return forest;
}

/** A layer with all layers below it, as text: the unit that an engine stores. */
const chains = (layers: readonly SizedLayer[]): string[] =>
  layers.map((_, index) =>
    layers
      .slice(0, index + 1)
      .map(({ diffId }) => diffId)
      .join()
  );
const bytesOf = (chain: string): number => {
  const ids = chain.split(',');
  return sized(ids).at(-1)?.sizeBytes ?? 0;
};
const sum = (all: Iterable<string>): number => [...all].reduce((bytes, chain) => bytes + bytesOf(chain), 0);

/** The layers stored for these images, computed the slow way. */
const storedChains = (from: Images): Set<string> => new Set([...from.values()].flatMap(chains));

describe('LayerForest', () => {
  it('reports for each image what it shares and what it has alone', () => {
    fc.assert(
      fc.property(images, (all) => {
        const forest = plant(all);
        for (const [id, layers] of all) {
          const others = storedChains(new Map([...all].filter(([other]) => other !== id)));
          const unique = chains(layers).filter((chain) => !others.has(chain));
          expect(forest.shareOf(id)).toEqual({
            totalBytes: sum(chains(layers)),
            sharedBytes: sum(chains(layers)) - sum(unique),
            uniqueBytes: sum(unique)
          });
        }
      })
    );
  });

  it('counts shared layers once, on disk and in any set of images', () => {
    fc.assert(
      fc.property(images, fc.func(fc.boolean()), (all, isChosen) => {
        const forest = plant(all);
        const chosen = new Map([...all].filter(([id]) => isChosen(id)));
        expect(forest.diskBytes).toBe(sum(storedChains(all)));
        expect(forest.bytesOf(chosen.keys())).toBe(sum(storedChains(chosen)));
      })
    );
  });

  it('reclaims what no remaining image has', () => {
    fc.assert(
      fc.property(images, fc.func(fc.boolean()), (all, isChosen) => {
        const forest = plant(all);
        const goes = [...all.keys()].filter((id) => isChosen(id));
        const stays = new Map([...all].filter(([id]) => !isChosen(id)));
        expect(forest.reclaimableBytes(goes)).toBe(forest.diskBytes - sum(storedChains(stays)));
        expect(forest.reclaimableBytes([...goes, ...goes])).toBe(forest.reclaimableBytes(goes));
        expect(forest.reclaimableBytes(all.keys())).toBe(forest.diskBytes);
      })
    );
  });

  it('does not depend on the order in which images were added, and adds none twice', () => {
    fc.assert(
      fc.property(images, (all) => {
        const forest = plant(all);
        const other = plant(new Map([...all].reverse()));
        for (const [id, layers] of all) other.add(id, layers);
        expect(other.diskBytes).toBe(forest.diskBytes);
        for (const id of all.keys()) expect(other.shareOf(id)).toEqual(forest.shareOf(id));
      })
    );
  });

  it('keeps a layer on another base separate, like engines', () => {
    const forest = plant(
      new Map([
        ['one', sized(['a', 'c'])],
        ['two', sized(['b', 'c'])]
      ])
    );
    expect(forest.shareOf('one')).toMatchObject({ sharedBytes: 0 });
    expect(forest.shareOf('none')).toBeNull();
  });
});
