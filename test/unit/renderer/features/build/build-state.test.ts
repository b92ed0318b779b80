import { expect, it } from 'vitest';
import { BuildState } from '../../../../../renderer/src/features/build/build-state.svelte.ts';
import { findingOf } from '../../../contract/finding-of.ts';
import { buildRecordOf } from '../../../core/store/build-record-of.ts';
import { createTestBridge } from '../../state/test-bridge.ts';

it('shows the findings of the last build on record', async () => {
  const findings = [findingOf('UndefinedVar')];
  const records = [
    buildRecordOf('earlier', { startedAt: 1, imageId: null, findings: [findingOf('StageNameCasing')] }),
    buildRecordOf('last', { startedAt: 2, imageId: null, findings })
  ];
  const state = new BuildState(createTestBridge({ 'build.records': () => records }).bridge, 'abcdef0123456789');
  await state.load();
  expect(state.findings).toEqual(findings);
});
