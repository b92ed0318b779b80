import { expect, test } from 'vitest';
import { isSamePlace } from '../../../../renderer/src/selection/selection.svelte.ts';

test('layers tell apart what stands on one line; a line alone means all of them', () => {
  expect(isSamePlace({ line: 2, layerIndex: 0 }, { line: 2, layerIndex: 1 })).toBe(false);
  expect(isSamePlace({ line: 2, layerIndex: null }, { line: 2, layerIndex: 1 })).toBe(true);
  expect(isSamePlace({ line: null, layerIndex: 1 }, { line: 7, layerIndex: 1 })).toBe(true);
  expect(isSamePlace({ line: null, layerIndex: null }, { line: null, layerIndex: null })).toBe(false);
  expect(isSamePlace(null, { line: 1, layerIndex: null })).toBe(false);
});
