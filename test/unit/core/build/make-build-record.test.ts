import { expect, it } from 'vitest';
import { emptyBuildSnapshot } from '#contract/jobs/apply-build-event.ts';
import { buildRecordSchema } from '#contract/schema/build.ts';
import { makeBuildRecord, type EndedBuild } from '#core/build/make-build-record.ts';
import { findingOf } from '../../contract/finding-of.ts';

const ended: EndedBuild = {
  id: 'b1',
  projectId: 'abcdefgh',
  dockerfile: 'Dockerfile',
  dockerfileText: 'FROM busybox\n',
  options: { tag: 'a:1', buildArgs: {}, target: null, noCache: false, pull: false },
  engine: { id: 'e1', name: 'default', product: 'Docker', version: '28.5.2' },
  startedAt: 1,
  durationMs: 2,
  outcome: 'finished',
  error: null,
  snapshot: { ...emptyBuildSnapshot(), imageId: 'sha256:1', findings: [findingOf('UndefinedVar')] },
  sizeBytes: 3
};

it('keeps what a finished build made', () => {
  const record = makeBuildRecord(ended);
  expect(buildRecordSchema.parse(record)).toEqual(record);
  expect(record).toMatchObject({ imageId: 'sha256:1', sizeBytes: 3, dockerfileText: 'FROM busybox\n', pushed: null });
  expect(record.findings).toEqual([findingOf('UndefinedVar')]);
  expect(record.dockerfileHash).toBe('bd6eb7cda7ad09a623e33e656ea3d9cc9f9d6fca40fb80b26c15b4638d2025b3');
});

it('keeps no image of a build that did not finish', () => {
  expect(makeBuildRecord({ ...ended, outcome: 'cancelled' })).toMatchObject({ imageId: null, sizeBytes: null });
});

it('keeps why a build failed, and nothing that it printed', () => {
  const error = { code: 'build-step-failed' as const, instruction: 'RUN make', line: 2, exitCode: 1, lastLines: ['x'] };
  const record = makeBuildRecord({ ...ended, outcome: 'failed', error });
  expect(record.error).toEqual({ ...error, lastLines: [] });
  expect(buildRecordSchema.parse(record)).toEqual(record);
});
