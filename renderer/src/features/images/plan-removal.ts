import type { LayerForest } from '#contract/domain/layer-forest.ts';
import type { ImageUser } from '#contract/schema/image.ts';
import type { ImageRow } from '../../state/list-image-rows.ts';

/** The outcome for one image whose rows are selected for removal. */
export interface Removal {
  readonly imageId: string;
  /** The removal requests, one after the other: names, or the id of an untagged image. */
  readonly references: readonly string[];
  /**
   * `removed` with its layers; `untagged` since it has other names; `running` or `stopped` containers use it, so no request
   * is made; `forced` although stopped containers use it: its layers stay until they are removed.
   */
  readonly outcome: 'removed' | 'untagged' | 'running' | 'stopped' | 'forced';
  readonly containers: readonly string[];
  readonly remainingNames: number;
  /** Reclaimed by removing only this image. */
  readonly reclaimsBytes: number;
}

export interface RemovalPlan {
  readonly removals: readonly Removal[];
  /** Reclaimed by removing all of them: includes layers that only these images share. */
  readonly reclaimsBytes: number;
  readonly stepCount: number;
  /** What is removed: images with all of their tags, and tags of images that remain. */
  readonly counts: { readonly images: number; readonly tags: number };
  /** Images that can only be removed by force. */
  readonly stoppedCount: number;
}

/** Predicts the outcome of removing these rows. `force` also removes images that only stopped containers use. */
export function planRemoval(
  rows: readonly ImageRow[],
  users: readonly ImageUser[],
  forest: LayerForest,
  force: boolean
): RemovalPlan {
  const byImage = new Map<string, ImageRow[]>();
  for (const row of rows) byImage.set(row.id, [...(byImage.get(row.id) ?? []), row]);
  const removals = [...byImage].map(([imageId, chosen]): Removal => {
    const remainingNames = Math.max(0, (chosen[0]?.otherNames ?? 0) + 1 - chosen.length);
    const holders = users.filter((user) => user.imageId === imageId);
    const outcome = remainingNames > 0 ? 'untagged' : decideOutcome(holders, force);
    return {
      imageId,
      references: chosen.map(({ reference }) => reference),
      outcome,
      containers: holders.map(({ container }) => container),
      remainingNames,
      reclaimsBytes: outcome === 'removed' ? forest.reclaimableBytes([imageId]) : 0
    };
  });
  const removable = removals.filter(isRemovable);
  const untagged = removable.filter(({ outcome }) => outcome === 'untagged');
  return {
    removals,
    reclaimsBytes: forest.reclaimableBytes(
      removals.filter(({ outcome }) => outcome === 'removed').map(({ imageId }) => imageId)
    ),
    stepCount: removable.reduce((count, { references }) => count + references.length, 0),
    counts: {
      images: removable.length - untagged.length,
      tags: untagged.reduce((count, { references }) => count + references.length, 0)
    },
    stoppedCount: removals.filter(({ outcome }) => outcome === 'stopped' || outcome === 'forced').length
  };
}

/** Whether any removal is requested. */
export function isRemovable({ outcome }: Removal): boolean {
  return outcome !== 'running' && outcome !== 'stopped';
}

function decideOutcome(holders: readonly ImageUser[], force: boolean): Removal['outcome'] {
  if (holders.length === 0) return 'removed';
  if (holders.some(({ running }) => running)) return 'running';
  return force ? 'forced' : 'stopped';
}
