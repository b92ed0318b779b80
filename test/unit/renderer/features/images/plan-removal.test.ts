import { describe, expect, it } from 'vitest';
import { LayerForest } from '#contract/domain/layer-forest.ts';
import { planRemoval } from '../../../../../renderer/src/features/images/plan-removal.ts';
import { idOf, rowsOf } from './image-rows.ts';

const rows = rowsOf({ a: ['api:1', 'api:2'], b: ['base:1'], c: [] });
const [api1, api2, base, untagged] = rows;
const forest = new LayerForest();
forest.add(idOf('a'), [
  { diffId: 'base', sizeBytes: 100 },
  { diffId: 'api', sizeBytes: 20 }
]);
forest.add(idOf('b'), [{ diffId: 'base', sizeBytes: 100 }]);
forest.add(idOf('c'), [{ diffId: 'old', sizeBytes: 7 }]);
const some = (...chosen: (typeof api1)[]): typeof rows => chosen.flatMap((row) => row ?? []);
const outcomes = (plan: ReturnType<typeof planRemoval>): unknown[] =>
  plan.removals.map(({ references, outcome, reclaimsBytes }) => [references, outcome, reclaimsBytes]);

describe('planRemoval', () => {
  it('reclaims nothing with one of two names, and the image with the last', () => {
    const one = planRemoval(some(api1), [], forest, false);
    expect(outcomes(one)).toEqual([[['api:1'], 'untagged', 0]]);
    expect(one).toMatchObject({ reclaimsBytes: 0, stepCount: 1 });
    expect(one.removals[0]?.remainingNames).toBe(1);
    expect(outcomes(planRemoval(some(api1, api2), [], forest, false))).toEqual([[['api:1', 'api:2'], 'removed', 20]]);
  });

  it('reclaims together what only these share', () => {
    const plan = planRemoval(some(api1, api2, base), [], forest, false);
    expect(plan.removals.map(({ reclaimsBytes }) => reclaimsBytes)).toEqual([20, 0]);
    expect(plan.reclaimsBytes).toBe(120);
  });

  it('counts images that are removed, and tags of those that remain', () => {
    const countsOf = (...chosen: (typeof api1)[]) => planRemoval(some(...chosen), [], forest, false).counts;
    expect(countsOf(api1)).toEqual({ images: 0, tags: 1 });
    expect(countsOf(api1, api2)).toEqual({ images: 1, tags: 0 });
    expect(countsOf(api1, base, untagged)).toEqual({ images: 2, tags: 1 });
    const users = [{ imageId: idOf('c'), container: 'web', running: true }];
    expect(planRemoval(some(base, untagged), users, forest, false).counts).toEqual({ images: 1, tags: 0 });
  });

  it('requests an untagged image by its id', () => {
    expect(outcomes(planRemoval(some(untagged), [], forest, false))).toEqual([[[idOf('c')], 'removed', 7]]);
  });

  it('keeps what a running container uses, forced or not', () => {
    const users = [{ imageId: idOf('c'), container: 'web', running: true }];
    const plan = planRemoval(some(untagged), users, forest, true);
    expect(outcomes(plan)).toEqual([[[idOf('c')], 'running', 0]]);
    expect(plan).toMatchObject({ reclaimsBytes: 0, stepCount: 0, stoppedCount: 0 });
    expect(plan.removals[0]?.containers).toEqual(['web']);
  });

  it('removes what a stopped container uses only by force, and reclaims nothing', () => {
    const users = [{ imageId: idOf('c'), container: 'old', running: false }];
    expect(outcomes(planRemoval(some(untagged), users, forest, false))).toEqual([[[idOf('c')], 'stopped', 0]]);
    const forced = planRemoval(some(untagged), users, forest, true);
    expect(outcomes(forced)).toEqual([[[idOf('c')], 'forced', 0]]);
    expect(forced).toMatchObject({ reclaimsBytes: 0, stepCount: 1, stoppedCount: 1 });
  });

  it('removes a name from an image that a container uses, since the image stays', () => {
    const users = [{ imageId: idOf('a'), container: 'web', running: true }];
    expect(outcomes(planRemoval(some(api2), users, forest, false))).toEqual([[['api:2'], 'untagged', 0]]);
  });
});
