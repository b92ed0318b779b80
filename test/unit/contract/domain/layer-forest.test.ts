import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { LayerForest, type SizedLayer } from '#contract/domain/layer-forest.ts';

type Images = Map<string, SizedLayer[]>;

/** Few diffIds, so that images share much, and one diffId stands on several bases. A layer's size follows from what it is. */
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

/** A layer with all under it, as text: what an engine keeps as one. */
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

/** What is kept for these images, told the slow way. */
const kept = (from: Images): Set<string> => new Set([...from.values()].flatMap(chains));

describe('LayerForest', () => {
  it('tells of each image what it shares and what it has alone', () => {
    fc.assert(
      fc.property(images, (all) => {
        const forest = plant(all);
        for (const [id, layers] of all) {
          const others = kept(new Map([...all].filter(([other]) => other !== id)));
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
        expect(forest.diskBytes).toBe(sum(kept(all)));
        expect(forest.bytesOf(chosen.keys())).toBe(sum(kept(chosen)));
      })
    );
  });

  it('frees what no image that stays has', () => {
    fc.assert(
      fc.property(images, fc.func(fc.boolean()), (all, isChosen) => {
        const forest = plant(all);
        const goes = [...all.keys()].filter((id) => isChosen(id));
        const stays = new Map([...all].filter(([id]) => !isChosen(id)));
        expect(forest.reclaimableBytes(goes)).toBe(forest.diskBytes - sum(kept(stays)));
        expect(forest.reclaimableBytes([...goes, ...goes])).toBe(forest.reclaimableBytes(goes));
        expect(forest.reclaimableBytes(all.keys())).toBe(forest.diskBytes);
      })
    );
  });

  it('does not ask in which order images came, and takes none twice', () => {
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

  it('keeps a layer on another base apart, as engines do', () => {
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
