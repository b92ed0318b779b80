import { expect, test } from 'vitest';
import type { PushLayer } from '#contract/schema/push.ts';
import {
  describeLayerState,
  layerProgress,
  nameLayer,
  totalProgress
} from '../../../../../renderer/src/features/push/describe-layer-state.ts';

const layer = (changes: Partial<PushLayer>): PushLayer => ({
  id: 'c5a1e07d9b42',
  state: 'waiting',
  sentBytes: 0,
  totalBytes: null,
  label: null,
  ...changes
});

test('shows the bytes during the transfer and words otherwise', () => {
  expect(describeLayerState(layer({ state: 'pushing', sentBytes: 71_200_000 }))).toBe('71.2 MB');
  expect(describeLayerState(layer({ state: 'exists' }))).toBe('already there');
});

test('names a layer by its instruction, or by its id', () => {
  expect(nameLayer(layer({ label: 'RUN apt-get update' }))).toBe('apt-get update');
  expect(nameLayer(layer({}))).toBe('layer c5a1e07d9b42');
});

test('fills a bar by the known sizes', () => {
  expect(layerProgress(layer({ state: 'pushing', sentBytes: 5, totalBytes: 20 }))).toBe(0.25);
  expect(layerProgress(layer({ state: 'pushing', sentBytes: 5 }))).toBeNull();
  expect(layerProgress(layer({ state: 'pushing', totalBytes: 0 }))).toBe(1);
  expect(layerProgress(layer({ state: 'mounted' }))).toBe(1);
});

test('splits the total into existing and sent bytes', () => {
  expect(totalProgress({ sentBytes: 25, toSendBytes: 75, existingBytes: 25 })).toEqual({ exists: 0.25, sent: 0.25 });
  expect(totalProgress({ sentBytes: 0, toSendBytes: 0, existingBytes: 0 })).toEqual({ exists: 0, sent: 0 });
  expect(totalProgress({ sentBytes: 5, toSendBytes: null, existingBytes: 0 })).toBeNull();
});
