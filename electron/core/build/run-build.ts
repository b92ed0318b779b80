import { AppError, Cancelled } from '../util/app-error.ts';
import type { BuildEvent, BuildOptions } from '#contract/schema/build.ts';
import { identifyEngine } from '#contract/domain/identify-engine.ts';
import { parseReference } from '#contract/domain/reference.ts';
import { parseDockerfile } from '#dockerfile/parse/parse-dockerfile.ts';
import type { BuildPlatforms } from '#dockerfile/platform-arguments.ts';
import { packContext } from '../context/pack-context.ts';
import { compileIgnorePatterns, readIgnorePatterns, type IgnorePatterns } from '../context/read-ignore-patterns.ts';
import type { EngineClient, EngineRequest } from '../engine/engine-client.ts';
import { readJsonLines } from '../util/read-json-lines.ts';
import type { JobContext } from '../job/job-context.ts';
import { baseImages } from './base-images.ts';
import { toBuildError, toBuildRequestError, type BuildFailure, type BuildFrame } from './build-error.ts';
import { BuildReader } from './build-reader.ts';
import { ContextProgress } from './context-progress.ts';
import { countContext } from './count-context.ts';
import { findNetworkMode } from './find-network-mode.ts';
import { registryConfig } from './registry-config.ts';
import type { LoginFor } from '../docker-config/login.ts';
import { createServices } from './session/create-services.ts';
import { fitsMetadata } from './session/fits-metadata.ts';
import { locateDockerfile } from './session/locate-dockerfile.ts';
import { openSession, type BuildSession } from './session/open-session.ts';
import { createSharedKey } from './session/shared-key.ts';
import { StepBoard } from './step-board.ts';

export interface BuildRequest {
  readonly engine: EngineClient;
  /** Absolute path of the folder that is the context. */
  readonly root: string;
  /** Path relative to it, with forward slashes. Only BuildKit supports a Dockerfile outside of the folder. */
  readonly dockerfile: string;
  readonly dockerfileText: string;
  readonly options: BuildOptions;
  readonly loginFor: LoginFor;
  /** Build arguments that docker adds; those of the options take precedence. */
  readonly proxyArguments: Readonly<Record<string, string>>;
  /** See createSharedKey. */
  readonly clientId: string;
}

export interface BuiltImage {
  readonly imageId: string;
  readonly durationMs: number;
}

/**
 * Builds an image, with BuildKit if the engine has it, otherwise with its classic builder, and emits the build's events.
 * BuildKit requests the files that it needs and lacks. The classic builder gets a tar, as does BuildKit if the ignore file has
 * more patterns than fit into a request.
 * Throws Cancelled when the job's signal fires; for a failed build dockerfile-syntax, build-step-failed,
 * build-file-not-found, build-target-unknown, base-not-found, registry-*, reference-invalid, engine-disk-full or
 * build-failed; what packContext and readIgnorePatterns throw; context-file-changed or file-unreadable for a file to be
 * sent; and the engine client's own errors, engine-lost among them. A stream that ends without an image has failed.
 */
export async function runBuild(request: BuildRequest, job: JobContext<BuildEvent>): Promise<BuiltImage> {
  const startedAt = performance.now();
  const { engine, options, dockerfileText, root } = request;
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
    const login = await request.loginFor(host, (problem) => job.emit({ kind: 'login-problem', problem }));
    if (login !== null) signedIn.add(host);
    return login;
  };
  const board = new StepBoard((event) => job.emit(event));
  const reader = new BuildReader(board, frame, (event) => job.emit(event));
  const progress = new ContextProgress((sentBytes, totalBytes) => job.emit({ kind: 'context', sentBytes, totalBytes }));
  let session: BuildSession | null = null;
  const failures: unknown[] = [];

  try {
    throwIfCancelled(job.signal);
    checkTag(options.tag);
    const builder = engine.info.buildkit ? 'buildkit' : 'classic';
    job.emit({
      kind: 'started',
      engine: identifyEngine(engine.info),
      builder,
      dockerfile: request.dockerfile,
      tag: options.tag
    });
    const ignored = await readIgnorePatterns(root, request.dockerfile);
    const isSynced = engine.info.buildkit && fitsMetadata(ignored.patterns);
    const logins = engine.info.buildkit ? undefined : await registryConfig(baseImages(dockerfile), loginFor);
    const networkMode = engine.info.buildkit ? await findNetworkMode(engine, job.signal) : undefined;
    if (engine.info.buildkit) {
      const { folder } = locateDockerfile(root, request.dockerfile);
      const folders = { context: { root, listener: progress }, dockerfile: { root: folder } };
      const onFailure = (thrown: unknown): void => void failures.push(thrown);
      const methods = createServices({ loginFor, folders: isSynced ? folders : null, onFailure });
      const sharedKey = await createSharedKey(request.clientId, [root, folder]);
      session = await openSession(engine, { methods, sharedKey, signal: job.signal });
    }
    const query = buildQuery(request, session, networkMode);
    const answer = await engine.stream({
      method: 'POST',
      path: '/build',
      ...(isSynced ? toSyncedRequest(query, request) : await toTarRequest(query, request, { progress, job })),
      ...(logins === undefined ? {} : { registryConfig: logins }),
      signal: job.signal
    });
    for await (const line of readJsonLines(answer, job.signal)) reader.handle(line);
    const failure = reader.end();
    if (failure !== null) throw toFailure(failure, { failures, ignored, frame });
    if (reader.imageId === null) {
      throw new AppError('build-failed', { detail: { reason: 'no-image-built' } });
    }
    return { imageId: reader.imageId, durationMs: performance.now() - startedAt };
  } catch (thrown) {
    throw job.signal.aborted ? new Cancelled() : toBuildRequestError(thrown, frame);
  } finally {
    board.cancelRemaining();
    session?.close();
  }
}

/** The platforms of a build without options for them. The classic builder of Docker knows none. */
function readPlatforms({ product, buildkit, platform }: EngineClient['info']): BuildPlatforms | null {
  return buildkit || product === 'Podman' ? { build: platform, target: platform } : null;
}

interface FailureFrame {
  /** Errors of what the engine requested from the session. */
  readonly failures: readonly unknown[];
  readonly ignored: IgnorePatterns;
  readonly frame: BuildFrame;
}

/** Our own error, if there is one, is more specific than the builder's message. */
function toFailure(failure: BuildFailure, { failures, ignored, frame }: FailureFrame): unknown {
  const own = failures.find((thrown) => thrown instanceof AppError);
  if (own !== undefined) return own;
  if (/syntax error in pattern|illegal exclusion pattern/.test(failure.text)) {
    try {
      compileIgnorePatterns(ignored);
    } catch (thrown) {
      return thrown;
    }
  }
  return toBuildError(failure, frame);
}

type Query = NonNullable<EngineRequest['query']>;
type SentRequest = Pick<EngineRequest, 'query' | 'headers' | 'body'>;

function toSyncedRequest(query: Query, { root, dockerfile }: BuildRequest): SentRequest {
  return { query: { ...query, remote: 'client-session', dockerfile: locateDockerfile(root, dockerfile).path } };
}

async function toTarRequest(
  query: Query,
  { root, dockerfile }: BuildRequest,
  { progress, job }: { progress: ContextProgress; job: JobContext<BuildEvent> }
): Promise<SentRequest> {
  const tar = await packContext({ root, dockerfile, signal: job.signal });
  if (job.signal.aborted) {
    tar.destroy();
    throw new Cancelled();
  }
  return {
    query: { ...query, dockerfile },
    headers: { 'Content-Type': 'application/x-tar' },
    body: countContext(tar, progress)
  };
}

/** https://docs.docker.com/reference/api/engine/version/v1.41/#tag/Image/operation/ImageBuild */
function buildQuery(
  { options, proxyArguments }: BuildRequest,
  session: BuildSession | null,
  networkMode: string | undefined
): Query {
  return {
    t: options.tag === '' ? undefined : options.tag,
    buildargs: { ...proxyArguments, ...options.buildArgs },
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

function throwIfCancelled(signal: AbortSignal): void {
  if (signal.aborted) throw new Cancelled();
}
