import { z } from 'zod';
import type { AppErrorData } from '#contract/schema/error.ts';
import type { ErrorDetail } from '#contract/schema/error-reason.ts';
import { familiarName, parseReference, registryHost, type Reference } from '#contract/domain/reference.ts';
import type { RemoteImage, RemoteLayer } from '#contract/schema/remote-image.ts';
import { AppError } from '../util/app-error.ts';
import type { LoginFor } from '../docker-config/login.ts';
import { formatPlatform, matchesPlatform } from '../oci/platform.ts';
import { configSchema, indexSchema, manifestSchema, type ImageConfig } from '../oci/image-documents.ts';
import { isImageManifest } from '../oci/is-image-manifest.ts';
import { parseDocument } from '../oci/parse-document.ts';
import { choosePlatform, type PlatformChoice } from './choose-platform.ts';
import type { IsInsecure } from './find-registry-origin.ts';
import { RegistryClient, type FetchedManifest } from './registry-client.ts';

export interface RemoteImageRequest {
  /** As the user writes it. */
  readonly reference: string;
  /** "linux/arm64"; null for `preferredPlatform` if the image has it. */
  readonly platform: string | null;
  readonly preferredPlatform: string;
  readonly loginFor: LoginFor;
  readonly isInsecure?: IsInsecure;
  readonly signal?: AbortSignal;
}

/** An image in its registry, with its config. */
export interface ResolvedRemoteImage {
  readonly image: RemoteImage;
  readonly config: ImageConfig;
  readonly configDigest: string;
}

const CONFIG_LIMIT_BYTES = 8 * 1024 * 1024;
/** Keeps sums of sizes in an invalid manifest within the range of a number. */
const LAYER_LIMIT_BYTES = 2 ** 42;
/** Max platforms listed; an index may have thousands. */
const PLATFORM_LIMIT = 200;

/**
 * Resolves an image in its registry, in at most three small requests: index, manifest, config. No layer is fetched.
 * Throws reference-invalid, platform-not-found, registry-not-signed-in, registry-wrong-password, registry-denied,
 * registry-rate-limited, registry-unreachable, registry-certificate, registry-failed (status 404: not found; without
 * one:
 * not an image, or not matching its digest), Cancelled.
 */
export async function readRemoteImage(request: RemoteImageRequest): Promise<ResolvedRemoteImage> {
  const parsed = parseReference(request.reference);
  if (!parsed.ok) {
    throw new AppError('reference-invalid', { reference: request.reference.slice(0, 500), reason: parsed.reason });
  }
  const reference = withTag(parsed.reference);
  const host = registryHost(reference.domain);
  let loginProblem: AppErrorData | null = null;
  const login = await request.loginFor(host, (problem) => (loginProblem = problem));
  const client = new RegistryClient(host, login, request.isInsecure);
  const top = await client.fetchManifest(reference, request.signal);
  const choice = chooseManifest(host, top, request);
  const fetched =
    choice === null
      ? top
      : await client.fetchManifest({ ...reference, tag: null, digest: choice.descriptor.digest }, request.signal);
  const manifest = readDocument(host, fetched.text, manifestSchema);
  if (!manifest.config || !isImageManifest(manifest)) throw failed(host, { reason: 'not-an-image' });
  const text = await client.fetchBlob(reference.path, manifest.config.digest, CONFIG_LIMIT_BYTES, request.signal);
  const config = readDocument(host, text.toString('utf8'), configSchema);
  const platform = formatPlatform(config);
  if (choice === null && request.platform !== null && !matchesPlatform(platform, request.platform)) {
    throw new AppError('platform-not-found', { platform: request.platform, platforms: [platform] });
  }
  const layers = readLayers(host, manifest, config);
  const image: RemoteImage = {
    reference: familiarName(reference),
    host,
    digest: top.digest,
    manifestDigest: fetched.digest,
    platform: choice === null || choice.platform === '' ? platform : choice.platform,
    platforms: (choice?.platforms ?? [platform]).slice(0, PLATFORM_LIMIT),
    layers,
    compressedBytes: layers.reduce((sum, { compressedBytes }) => sum + compressedBytes, 0),
    rateLimit: fetched.rateLimit ?? top.rateLimit,
    loginProblem
  };
  return { image, config, configDigest: manifest.config.digest };
}

function withTag(reference: Reference): Reference {
  return reference.digest === null && reference.tag === null ? { ...reference, tag: 'latest' } : reference;
}

/** Null for a plain manifest. */
function chooseManifest(
  host: string,
  { text }: FetchedManifest,
  { platform, preferredPlatform }: RemoteImageRequest
): PlatformChoice | null {
  const shape = readDocument(host, text, z.object({ manifests: z.unknown().optional() }));
  if (shape.manifests === undefined) return null;
  const choice = choosePlatform(readDocument(host, text, indexSchema).manifests, platform, preferredPlatform);
  if (choice === null) throw failed(host, { reason: 'index-empty' });
  return choice;
}

function readLayers(host: string, { layers }: z.output<typeof manifestSchema>, config: ImageConfig): RemoteLayer[] {
  const diffIds = config.rootfs.diff_ids;
  if (diffIds.length !== layers.length) {
    throw failed(host, { reason: 'layer-counts-differ', config: diffIds.length, manifest: layers.length });
  }
  return layers.map(({ digest, mediaType, size }, index) => ({
    digest,
    diffId: diffIds[index] ?? '',
    mediaType,
    compressedBytes: Math.min(Math.max(0, size), LAYER_LIMIT_BYTES)
  }));
}

function readDocument<T>(host: string, text: string, schema: z.ZodType<T>): T {
  const read = parseDocument(text, schema);
  if (read.ok) return read.document;
  throw failed(host, read.reason);
}

function failed(host: string, detail: ErrorDetail): AppError {
  return new AppError('registry-failed', { host, detail });
}
