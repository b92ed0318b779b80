import { z } from 'zod';
import { familiarName, parseReference, registryHost, type Reference } from '../../contract/reference.ts';
import type { RemoteImage, RemoteLayer } from '../../contract/schema/remote-image.ts';
import { AppError } from '../app-error.ts';
import type { Login } from '../credential/login.ts';
import { platformName, satisfies } from '../image/archive/choose-manifest.ts';
import { configSchema, indexSchema, manifestSchema } from '../image/archive/image-documents.ts';
import { cleanCreatedBy } from '../image/clean-created-by.ts';
import { runConfigSchema, toImageConfig } from '../image/run-config.ts';
import { choosePlatform, type PlatformChoice } from './choose-platform.ts';
import { RegistryClient, type FetchedManifest } from './registry-client.ts';

export interface RemoteImageRequest {
  /** As a person writes it. */
  readonly reference: string;
  /** "linux/arm64"; null takes `preferredPlatform` where the image has it. */
  readonly platform: string | null;
  readonly preferredPlatform: string;
  /** The saved login of a host; null asks anonymously. */
  readonly loginFor: (host: string) => Promise<Login | null>;
  readonly signal?: AbortSignal;
}

const CONFIG_LIMIT_BYTES = 8 * 1024 * 1024;

const remoteConfigSchema = configSchema.extend({ config: runConfigSchema.nullish() });
type RemoteConfig = z.output<typeof remoteConfigSchema>;

/**
 * An image as its registry tells it, in at most three small requests: index, manifest, config. No layer is fetched.
 * Throws reference-invalid, platform-not-found, registry-not-signed-in, registry-wrong-password, registry-denied,
 * registry-rate-limited, registry-unreachable, registry-certificate, registry-failed (status 404: not there; without one:
 * not an image, or not what its digest says), Cancelled.
 */
export async function readRemoteImage(request: RemoteImageRequest): Promise<RemoteImage> {
  const parsed = parseReference(request.reference);
  if (!parsed.ok) {
    throw new AppError('reference-invalid', { reference: request.reference.slice(0, 500), reason: parsed.reason });
  }
  const reference = withTag(parsed.reference);
  const host = registryHost(reference.domain);
  const client = new RegistryClient(host, await request.loginFor(host));
  const top = await client.fetchManifest(reference, request.signal);
  const choice = chooseManifest(host, top, request);
  const fetched =
    choice === null
      ? top
      : await client.fetchManifest({ ...reference, tag: null, digest: choice.descriptor.digest }, request.signal);
  const manifest = readDocument(host, fetched.text, manifestSchema);
  if (!manifest.config.mediaType.includes('image'))
    throw failed(host, 'It has something there that is no container image.');
  const text = await client.fetchBlob(reference.path, manifest.config.digest, CONFIG_LIMIT_BYTES, request.signal);
  const config = readDocument(host, text.toString('utf8'), remoteConfigSchema);
  const platform = platformName(config);
  if (choice === null && request.platform !== null && !satisfies(platform, request.platform)) {
    throw new AppError('platform-not-found', { platform: request.platform, platforms: [platform] });
  }
  const layers = readLayers(host, manifest, config);
  return {
    reference: familiarName(reference),
    host,
    digest: top.digest,
    manifestDigest: fetched.digest,
    platform: choice === null || choice.platform === '' ? platform : choice.platform,
    platforms: choice?.platforms ?? [platform],
    createdAt: readTime(config.created),
    config: toImageConfig(config.config),
    ...readHistory(config, layers.length),
    layers,
    compressedBytes: layers.reduce((sum, { compressedBytes }) => sum + compressedBytes, 0),
    rateLimit: fetched.rateLimit ?? top.rateLimit
  };
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
  if (choice === null) throw failed(host, 'Its index lists no image.');
  return choice;
}

function readLayers(host: string, { layers }: z.output<typeof manifestSchema>, config: RemoteConfig): RemoteLayer[] {
  const diffIds = config.rootfs.diff_ids;
  if (diffIds.length !== layers.length) throw failed(host, 'The image names as many layers in two ways that differ.');
  return layers.map(({ digest, mediaType, size = 0 }, index) => ({
    digest,
    diffId: diffIds[index] ?? '',
    mediaType,
    compressedBytes: Math.max(0, size)
  }));
}

/** Here, other than an engine's, each row says whether it made a layer. */
function readHistory(config: RemoteConfig, layerCount: number): Pick<RemoteImage, 'history' | 'historyExact'> {
  let next = 0;
  const history = config.history.map((row) => {
    const layerIndex = row.empty_layer === true || next >= layerCount ? null : next;
    if (row.empty_layer !== true) next += 1;
    const createdBy = row.created_by ?? '';
    return { createdBy, instruction: cleanCreatedBy(createdBy), createdAt: readTime(row.created), layerIndex };
  });
  return { history, historyExact: next === layerCount };
}

function readTime(text: string | null | undefined): number | null {
  const milliseconds = Date.parse(text ?? '');
  return Number.isNaN(milliseconds) || milliseconds <= 0 ? null : milliseconds;
}

function readDocument<T>(host: string, text: string, schema: z.ZodType<T>): T {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw failed(host, 'It sent a document that is not JSON.');
  }
  const read = schema.safeParse(value);
  if (read.success) return read.data;
  throw failed(host, 'It sent a document that is not what the OCI image specification says.');
}

function failed(host: string, detail: string): AppError {
  return new AppError('registry-failed', { host, detail });
}
