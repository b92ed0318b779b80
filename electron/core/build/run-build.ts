import type { Readable } from 'node:stream';
import { AppError, Cancelled } from '../util/app-error.ts';
import type { BuildEvent, BuildOptions } from '#contract/schema/build.ts';
import { parseReference } from '#contract/domain/reference.ts';
import { parseDockerfile } from '#dockerfile/parse/parse-dockerfile.ts';
import type { BuildPlatforms } from '#dockerfile/platform-arguments.ts';
import type { EngineClient } from '../engine/engine-client.ts';
import { readJsonLines } from '../util/read-json-lines.ts';
import type { JobContext } from '../job/job-context.ts';
import { baseImages } from './base-images.ts';
import { toBuildError, toBuildRequestError, type BuildFrame } from './build-error.ts';
import { BuildReader } from './build-reader.ts';
import { countContext } from './count-context.ts';
import { findNetworkMode } from './find-network-mode.ts';
import { registryConfig } from './registry-config.ts';
import type { LoginFor } from '../docker-config/login.ts';
import { openBuildSession, type BuildSession } from './open-build-session.ts';
import { StepBoard } from './step-board.ts';

export interface BuildRequest {
  readonly engine: EngineClient;
  /** The context as a tar, Dockerfile included; or what packs it once the engine is ready for it. */
  readonly context: Readable | (() => Promise<{ stream: Readable; totalBytes: number | null }>);
  /** Path of the Dockerfile in the context, with forward slashes. */
  readonly dockerfile: string;
  readonly dockerfileText: string;
  readonly options: BuildOptions;
  readonly loginFor: LoginFor;
}

export interface BuiltImage {
  readonly imageId: string;
  readonly durationMs: number;
}

/**
 * Builds an image, with BuildKit where the engine has it and with its classic builder elsewhere, and tells the build's
 * events. Throws Cancelled when the job's signal fires; for a failed build dockerfile-syntax, build-step-failed,
 * build-file-not-found, build-target-unknown, base-not-found, registry-*, reference-invalid, engine-disk-full or
 * build-failed; and the engine client's own errors, engine-lost among them. A stream that ends without an image has failed.
 */
export async function runBuild(request: BuildRequest, job: JobContext<BuildEvent>): Promise<BuiltImage> {
  const startedAt = performance.now();
  const { engine, options, dockerfileText } = request;
  const dockerfile = parseDockerfile(dockerfileText, {
    buildArgs: options.buildArgs,
    platforms: readPlatforms(engine.info)
  });
  const signedIn = new Set<string>();
  const frame: BuildFrame = {
    dockerfile,
    dockerfilePath: request.dockerfile,
    target: options.target,
    signedIn: (host) => signedIn.has(host)
  };
  const loginFor: LoginFor = async (host) => {
    const login = await request.loginFor(host);
    if (login !== null) signedIn.add(host);
    return login;
  };
  const board = new StepBoard((event) => job.emit(event));
  const reader = new BuildReader(board, frame, (event) => job.emit(event));
  let session: BuildSession | null = null;

  try {
    throwIfCancelled(job.signal);
    checkTag(options.tag);
    const builder = engine.info.buildkit ? 'buildkit' : 'classic';
    job.emit({ kind: 'started', builder, dockerfile: request.dockerfile, tag: options.tag });
    const logins = engine.info.buildkit ? undefined : await registryConfig(baseImages(dockerfile), loginFor);
    const networkMode = engine.info.buildkit ? await findNetworkMode(engine, job.signal) : undefined;
    if (engine.info.buildkit) session = await openBuildSession(engine, loginFor, job.signal);
    const answer = await engine.stream({
      method: 'POST',
      path: '/build',
      query: buildQuery(request, session, networkMode),
      headers: { 'Content-Type': 'application/x-tar' },
      body: await openContext(request.context, job),
      ...(logins === undefined ? {} : { registryConfig: logins }),
      signal: job.signal
    });
    for await (const line of readJsonLines(answer, job.signal)) reader.handle(line);
    const imageId = finish(reader, frame, session);
    return { imageId, durationMs: performance.now() - startedAt };
  } catch (thrown) {
    throw job.signal.aborted ? new Cancelled() : toBuildRequestError(thrown, frame);
  } finally {
    board.cancelRemaining();
    session?.close();
    if (typeof request.context !== 'function') request.context.destroy();
  }
}

/** The platforms of a build without options for them. The classic builder of Docker knows none. */
function readPlatforms({ product, buildkit, platform }: EngineClient['info']): BuildPlatforms | null {
  return buildkit || product === 'Podman' ? { build: platform, target: platform } : null;
}

function finish(reader: BuildReader, frame: BuildFrame, session: BuildSession | null): string {
  const failure = reader.end();
  if (failure !== null) {
    const loginFailure = session?.loginFailure();
    throw loginFailure instanceof AppError ? loginFailure : toBuildError(failure, frame);
  }
  if (reader.imageId === null) {
    throw new AppError('build-failed', { detail: { reason: 'no-image-built' } });
  }
  return reader.imageId;
}

async function openContext(context: BuildRequest['context'], job: JobContext<BuildEvent>): Promise<Readable> {
  const { stream, totalBytes } =
    typeof context === 'function' ? await context() : { stream: context, totalBytes: null };
  throwIfCancelled(job.signal, stream);
  return countContext(stream, (sentBytes) => job.emit({ kind: 'context', sentBytes, totalBytes }));
}

/** https://docs.docker.com/reference/api/engine/version/v1.41/#tag/Image/operation/ImageBuild */
function buildQuery(
  request: BuildRequest,
  session: BuildSession | null,
  networkMode: string | undefined
): Record<string, string | number | object | undefined> {
  const { options } = request;
  return {
    t: options.tag === '' ? undefined : options.tag,
    dockerfile: request.dockerfile,
    buildargs: options.buildArgs,
    target: options.target ?? undefined,
    nocache: options.noCache ? 1 : undefined,
    pull: options.pull ? 1 : undefined,
    networkmode: networkMode,
    rm: 1,
    forcerm: 1,
    ...(session === null ? {} : { version: '2', session: session.id })
  };
}

function checkTag(tag: string): void {
  if (tag === '') return;
  const parsed = parseReference(tag);
  if (!parsed.ok) throw new AppError('reference-invalid', { reference: tag, reason: parsed.reason });
}

function throwIfCancelled(signal: AbortSignal, stream?: Readable): void {
  if (!signal.aborted) return;
  stream?.destroy();
  throw new Cancelled();
}
