import { createHash } from 'node:crypto';
import type { BuildOptions, BuildRecord } from '#contract/schema/build.ts';
import type { EngineIdentity } from '#contract/schema/engine.ts';
import type { AppErrorData } from '#contract/schema/error.ts';
import type { BuildSnapshot } from '#contract/schema/build.ts';

export interface EndedBuild {
  readonly id: string;
  readonly projectId: string;
  /** Path of the Dockerfile in the project, and its text as it was built. */
  readonly dockerfile: string;
  readonly dockerfileText: string;
  readonly options: BuildOptions;
  readonly engine: EngineIdentity;
  /** Milliseconds since 1970. */
  readonly startedAt: number;
  readonly durationMs: number;
  readonly outcome: BuildRecord['outcome'];
  /** Why it failed; null for any other outcome. */
  readonly error: AppErrorData | null;
  readonly snapshot: BuildSnapshot;
  /** The image's size, where it is known. */
  readonly sizeBytes: number | null;
}

/** What is known of a build that ended; the store masks its secrets. Only a finished build has an image. */
export function makeBuildRecord(build: EndedBuild): BuildRecord {
  const finished = build.outcome === 'finished';
  return {
    id: build.id,
    projectId: build.projectId,
    dockerfile: build.dockerfile,
    dockerfileText: build.dockerfileText,
    dockerfileHash: createHash('sha256').update(build.dockerfileText).digest('hex'),
    options: build.options,
    hiddenBuildArgs: [],
    engine: `${build.engine.product} ${build.engine.version}`,
    builtOn: build.engine,
    startedAt: build.startedAt,
    durationMs: build.durationMs,
    outcome: build.outcome,
    error: build.error && withoutOutput(build.error),
    steps: build.snapshot.steps,
    findings: build.snapshot.findings,
    imageId: finished ? build.snapshot.imageId : null,
    sizeBytes: finished ? build.sizeBytes : null,
    pushed: null
  };
}

/** What a RUN printed may hold anything, and is kept of no build. */
function withoutOutput(error: AppErrorData): AppErrorData {
  return error.code === 'build-step-failed' ? { ...error, lastLines: [] } : error;
}
