import { expect, test } from 'vitest';
import { BuildState } from '../../../../../renderer/src/features/build/build-state.svelte.ts';
import { findingOf } from '../../../contract/finding-of.ts';
import { buildRecordOf } from '../../../core/store/build-record-of.ts';
import { createTestBridge } from '../../state/test-bridge.ts';

test('starts from the options of the last build, and lists the arguments whose values were not saved', async () => {
  const options = { tag: 'a:1', buildArgs: { V: '1', API_TOKEN: '' }, target: 'one', noCache: true, pull: false };
  const records = [
    buildRecordOf('older', { startedAt: 1, imageId: null }),
    buildRecordOf('last', { startedAt: 2, imageId: null, options, hiddenBuildArgs: ['API_TOKEN'] })
  ];
  const build = new BuildState(createTestBridge({ 'build.records': () => records }).bridge, 'abcdef0123456789');
  expect(build.hiddenArguments).toEqual([]);
  await build.load();
  expect({ tag: 'a:1', ...build.options }).toEqual(options);
  expect(build.hiddenArguments).toEqual(['API_TOKEN']);
  build.dispose();
});

test('shows the findings of the last build on record', async () => {
  const findings = [findingOf('UndefinedVar')];
  const records = [
    buildRecordOf('earlier', { startedAt: 1, imageId: null, findings: [findingOf('StageNameCasing')] }),
    buildRecordOf('last', { startedAt: 2, imageId: null, findings })
  ];
  const state = new BuildState(createTestBridge({ 'build.records': () => records }).bridge, 'abcdef0123456789');
  await state.load();
  expect(state.findings).toEqual(findings);
});
