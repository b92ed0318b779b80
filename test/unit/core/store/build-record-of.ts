import type { BuildRecord } from '#contract/schema/build.ts';

export function buildRecordOf(id: string, changes: Partial<BuildRecord> = {}): BuildRecord {
  return {
    id,
    projectId: 'abcdef0123456789',
    dockerfile: 'Dockerfile',
    dockerfileText: 'FROM scratch\n',
    dockerfileHash: 'hash',
    options: { tag: 'a:1', buildArgs: {}, target: null, noCache: false, pull: false },
    hiddenBuildArgs: [],
    engine: 'Docker 28',
    builtOn: null,
    startedAt: 1000,
    durationMs: 10,
    outcome: 'finished',
    error: null,
    steps: [],
    findings: [],
    imageId: 'sha256:1',
    sizeBytes: 100,
    pushed: null,
    ...changes
  };
}
