import { describe, expect, test } from 'vitest';
import { jobReducers } from '#contract/jobs/job-reducers.ts';
import { CallError } from '../../../../../renderer/src/bridge/call.ts';
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

describe('the shown build', () => {
  const projectId = 'abcdef0123456789';
  const failed = buildRecordOf('last', {
    startedAt: 3000,
    outcome: 'failed',
    imageId: null,
    error: { code: 'engine-lost', engine: 'e' },
    dockerfileText: 'FROM last\n'
  });
  const built = buildRecordOf('built', { startedAt: 2000, imageId: 'sha256:2' });
  const same = buildRecordOf('same', { startedAt: 1500, imageId: 'sha256:2' });
  const older = buildRecordOf('older', { startedAt: 1000, imageId: 'sha256:1' });

  function buildWith(answers: Parameters<typeof createTestBridge>[0]) {
    const { bridge, broadcast } = createTestBridge({ 'build.records': () => [older, same, built, failed], ...answers });
    return { build: new BuildState(bridge, projectId), broadcast };
  }

  test('is the last on record, whatever its order there, until one is started', async () => {
    const { build } = buildWith({});
    await build.load();
    expect([build.phase, build.error, build.shownText]).toEqual(['failed', failed.error, 'FROM last\n']);
    expect([build.lastImage?.id, build.previousImage?.id]).toEqual(['built', 'older']);
    build.dispose();
  });

  test('has an image that the engine may have lost meanwhile', async () => {
    const { build } = buildWith({
      'image.inspect': () => {
        throw new CallError({ code: 'image-not-found', reference: 'sha256:2' });
      }
    });
    await build.load();
    expect([build.isImageMissing, build.image]).toEqual([true, null]);
    build.dispose();
  });

  test('that cannot be started has failed, and shows nothing of the one before', async () => {
    const { build } = buildWith({
      'build.start': () => {
        throw new CallError({ code: 'engine-none' });
      }
    });
    await build.load();
    await build.start('Dockerfile', 'FROM new\n', 'a:1');
    expect([build.phase, build.error, build.steps]).toEqual(['failed', { code: 'engine-none' }, []]);
    expect(build.shownText).toBe('FROM new\n');
    build.dispose();
  });

  test('runs with the options that were chosen, and its events are shown', async () => {
    const started: unknown[] = [];
    const info = { jobId: 'job-1', kind: 'build', projectId, startedAt: 9000, ended: false } as const;
    const { build, broadcast } = buildWith({
      'build.start': (input) => {
        started.push(input);
        return { jobId: 'job-1' };
      },
      'job.attach': () => ({ ...info, seq: 0, state: jobReducers.build.empty(), end: null })
    });
    await build.load();
    build.options = { buildArgs: { V: '2' }, target: 'web', noCache: true, pull: true };
    await build.start('Dockerfile', 'FROM new\n', 'a:1');
    expect(started).toEqual([{ projectId, dockerfile: 'Dockerfile', options: { ...build.options, tag: 'a:1' } }]);
    expect([build.phase, build.durationMs, build.isLive]).toEqual(['running', null, true]);
    const events = [
      { seq: 1, event: { kind: 'log', stepId: 's', text: 'hello\n' } },
      { seq: 2, end: { kind: 'finished', result: { recordId: 'r', imageId: 'sha256:3', tag: 'a:1', durationMs: 42 } } }
    ] as const;
    broadcast('job.events', { jobId: 'job-1', kind: 'build', events: [...events] });
    expect([build.logOf('s')?.lines, build.logOf('other')]).toEqual([['hello'], null]);
    expect([build.phase, build.durationMs, build.error]).toEqual(['finished', 42, null]);
    build.dispose();
  });
});
