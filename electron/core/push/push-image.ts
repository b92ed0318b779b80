import { formatReference, registryHost, type Reference } from '#contract/domain/reference.ts';
import type { PushEvent, PushResult } from '#contract/schema/push.ts';
import { AppError, Cancelled } from '../util/app-error.ts';
import { toAuthConfig } from '../docker-config/auth-config.ts';
import { loginName, type Login } from '../docker-config/login.ts';
import type { EngineClient } from '../engine/engine-client.ts';
import { pause } from '../util/pause.ts';
import { readJsonLines } from '../util/read-json-lines.ts';
import { imagePath } from '../images/image-path.ts';
import { isFreeName, removeTag } from './undo-tag.ts';
import { tagImage } from '../images/tag-image.ts';
import type { JobContext } from '../job/job-context.ts';
import { isBrokenConnection, isServerError, toPushError } from './push-error.ts';
import { PushLayers, type LayerHint } from './push-layers.ts';
import { readPushLine } from './push-line.ts';
import { repositoryPage } from '../registry/registry-address.ts';
import { throwFullDisk } from './throw-full-disk.ts';

export interface PushRequest {
  readonly engine: EngineClient;
  /** Id or name of a local image. */
  readonly imageId: string;
  readonly reference: Reference;
  /** For the reference's registry only; null pushes anonymously. */
  readonly login: Login | null;
  /** Details of a layer by the engine's short id for it. */
  readonly layerHint?: (shortId: string) => LayerHint | null;
  /** The waits before the second and third try where the engine does not try again by itself. */
  readonly retryDelaysMs?: readonly number[];
}

const RETRY_DELAYS_MS = [1000, 4000];

/**
 * Tags the image with the reference and pushes it. Resolves to the digest that the registry accepted. A tag that did not
 * exist before is removed again if the push fails.
 * Throws reference-invalid (a digest cannot be pushed to), image-not-found, registry-wrong-password,
 * registry-not-signed-in, registry-denied, registry-rate-limited, registry-unreachable, registry-certificate,
 * registry-disk-full, registry-failed, engine-disk-full, engine-lost and the engine's other errors; Cancelled.
 */
export async function pushImage(request: PushRequest, job: JobContext<PushEvent>): Promise<PushResult> {
  const { engine, login } = request;
  const startedAt = Date.now();
  if (request.reference.digest !== null) {
    const reference = formatReference(request.reference);
    throw new AppError('reference-invalid', { reference, reason: 'bad-digest' });
  }
  const reference: Reference = { ...request.reference, tag: request.reference.tag ?? 'latest' };
  const host = registryHost(reference.domain);
  const isNewTag = await isFreeName(engine, reference, job.signal);
  await tagImage(engine, request.imageId, reference, job.signal);
  job.emit({
    kind: 'started',
    reference: formatReference(reference),
    host,
    username: login === null ? null : loginName(login),
    sizes: sizesOf(engine)
  });
  const { digest, nothingSent } = await pushWithRetries(request, reference, host, job).catch(
    async (error: unknown): Promise<never> => {
      if (isNewTag && error instanceof AppError) await removeTag(engine, reference);
      throw error;
    }
  );
  return {
    reference: formatReference(reference),
    digest,
    nothingSent,
    url: repositoryPage(host, reference.path),
    durationMs: Date.now() - startedAt
  };
}

type Attempt = { kind: 'pushed'; digest: string; nothingSent: boolean } | { kind: 'failed'; message: string };

async function pushWithRetries(
  request: PushRequest,
  reference: Reference,
  host: string,
  job: JobContext<PushEvent>
): Promise<{ digest: string; nothingSent: boolean }> {
  const target = {
    host,
    repository: reference.path,
    tag: reference.tag ?? 'latest',
    signedIn: request.login !== null
  };
  let begun = false;
  for (let tries = 0; ; tries += 1) {
    const layers = new PushLayers(request.layerHint ?? (() => null), (event) => job.emit(event));
    const attempt = await pushOnce(request, reference, layers, job);
    if (attempt.kind === 'pushed') return attempt;
    begun ||= layers.begun;
    const waitMs = (request.retryDelaysMs ?? RETRY_DELAYS_MS)[tries];
    // Graph drivers retry each layer themselves for about 50 s, so their error is final.
    const mayRetry = begun && request.engine.info.store === 'containerd' && isBrokenConnection(attempt.message);
    if (!mayRetry || waitMs === undefined) throw toPushError(attempt.message, target);
    job.emit({ kind: 'retry', waitSeconds: waitMs / 1000 });
    await pause(waitMs, job.signal);
    if (job.signal.aborted) throw new Cancelled();
  }
}

async function pushOnce(
  request: PushRequest,
  reference: Reference,
  layers: PushLayers,
  job: JobContext<PushEvent>
): Promise<Attempt> {
  const { engine, login } = request;
  const body = await engine.stream({
    method: 'POST',
    path: imagePath(`${reference.domain}/${reference.path}`, 'push'),
    query: { tag: reference.tag ?? 'latest' },
    // The engine requires the header for anonymous pushes too.
    registryAuth: login === null ? {} : toAuthConfig(registryHost(reference.domain), login),
    signal: job.signal
  });
  let digest: string | null = null;
  let message: string | null = null;
  const target = { engine, host: registryHost(reference.domain), repository: reference.path, login };
  let retries = false;
  for await (const value of readJsonLines(body, job.signal)) {
    const line = readPushLine(value, login);
    if (line.kind === 'layer') {
      layers.handle(line);
      // The engine repeats the line each second while it waits; the reason is checked once.
      if (line.state === 'retrying' && !retries) await throwFullDisk(target, job.signal);
      retries ||= line.state === 'retrying';
    } else if (line.kind === 'digest') digest = line.digest;
    else if (line.kind === 'error') message = line.message;
  }
  if (message !== null) {
    if (isServerError(message)) await throwFullDisk(target, job.signal);
    return { kind: 'failed', message };
  }
  if (digest !== null) return { kind: 'pushed', digest, nothingSent: layers.nothingSent };
  throw new AppError('engine-failed', { detail: { reason: 'push-without-digest' } });
}

function sizesOf(engine: EngineClient): 'compressed' | 'uncompressed' | 'unknown' {
  if (engine.info.product === 'Podman') return 'unknown';
  return engine.info.store === 'containerd' ? 'compressed' : 'uncompressed';
}
