import { expect, it } from 'vitest';
import { loadTargets } from '../../../../../renderer/src/features/build/load-targets.ts';

it('lists the named stages of the Dockerfile', async () => {
  expect(await loadTargets('ARG B=x\nfrom ${B} as Build\nFROM Build\nFROM y AS final\n')).toEqual(['Build', 'final']);
  expect(await loadTargets('')).toEqual([]);
});
