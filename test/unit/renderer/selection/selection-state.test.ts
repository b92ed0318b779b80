import { expect, test } from 'vitest';
import { isSameTarget } from '../../../../renderer/src/selection/selection-state.svelte.ts';

test('layers distinguish targets on the same line; a line alone means all of them', () => {
  expect(isSameTarget({ line: 2, layerIndex: 0 }, { line: 2, layerIndex: 1 })).toBe(false);
  expect(isSameTarget({ line: 2, layerIndex: null }, { line: 2, layerIndex: 1 })).toBe(true);
  expect(isSameTarget({ line: null, layerIndex: 1 }, { line: 7, layerIndex: 1 })).toBe(true);
  expect(isSameTarget({ line: null, layerIndex: null }, { line: null, layerIndex: null })).toBe(false);
  expect(isSameTarget(null, { line: 1, layerIndex: null })).toBe(false);
});
