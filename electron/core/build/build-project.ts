import { randomUUID } from 'node:crypto';
import { identifyEngine } from '#contract/domain/identify-engine.ts';
import type { BuildEvent, BuildOptions, BuildRecord, BuildResult } from '#contract/schema/build.ts';
import type { AppErrorData } from '#contract/schema/error.ts';
import type { BuildSnapshot } from '#contract/schema/build.ts';
import { toErrorData } from '../util/app-error.ts';
import type { EngineClient } from '../engine/engine-client.ts';
import { inspectImage } from '../images/inspect-image.ts';
import type { JobContext } from '../job/job-context.ts';
import { readProjectFile } from '../project/project-file.ts';
import { makeBuildRecord } from './make-build-record.ts';
import { runBuild } from './run-build.ts';
import type { LoginFor } from '../docker-config/login.ts';

export interface ProjectBuild {
  readonly projectId: string;
  /** The project's folder: the build context. */
  readonly root: string;
  /** Path of the Dockerfile in it. */
  readonly dockerfile: string;
  readonly options: BuildOptions;
}

export interface BuildDependencies {
  readonly engine: EngineClient;
  readonly loginFor: LoginFor;
  /** The build arguments for docker's proxy settings, by the engine's address. */
  readonly proxyArgumentsFor: (engineAddress: string) => Promise<Record<string, string>>;
  /** A random id of this installation; see createSharedKey. */
  readonly clientId: string;
  /** Keeps the record of a build, however it ended. */
  readonly save: (record: BuildRecord) => Promise<void>;
}

/**
 * Builds a project's image from the Dockerfile on disk, and saves a record of the build, also of one that
 * failed or was cancelled. Throws what runBuild and readProjectFile throw.
 */
export async function buildProject(
  build: ProjectBuild,
  { engine, loginFor, proxyArgumentsFor, clientId, save }: BuildDependencies,
  job: JobContext<BuildEvent> & { readonly snapshot: BuildSnapshot }
): Promise<BuildResult> {
  const { projectId, root, dockerfile, options } = build;
  const { text: dockerfileText } = await readProjectFile(root, dockerfile);
  const id = randomUUID();
  const startedAt = Date.now();
  const record = (ended: {
    outcome: BuildRecord['outcome'];
    error: AppErrorData | null;
    sizeBytes: number | null;
  }): BuildRecord =>
    makeBuildRecord({
      id,
      projectId,
      dockerfile,
      dockerfileText,
      options,
      engine: identifyEngine(engine.info),
      startedAt,
      durationMs: Date.now() - startedAt,
      snapshot: job.snapshot,
      ...ended
    });

  try {
    const proxyArguments = await proxyArgumentsFor(engine.info.candidate.address);
    const request = { engine, root, dockerfile, dockerfileText, options, loginFor, proxyArguments, clientId };
    const { imageId, durationMs } = await runBuild(request, job);
    const { sizeBytes } = await inspectImage(engine, imageId);
    await save(record({ outcome: 'finished', error: null, sizeBytes }));
    return { recordId: id, imageId, tag: options.tag, durationMs };
  } catch (thrown) {
    // If the record cannot be saved, the build's own error is still the one to report.
    const end = job.signal.aborted
      ? { outcome: 'cancelled' as const, error: null }
      : { outcome: 'failed' as const, error: toErrorData(thrown) };
    await save(record({ ...end, sizeBytes: null })).catch(() => undefined);
    throw thrown;
  }
}
