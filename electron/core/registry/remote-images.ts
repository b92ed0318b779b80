import type { Readable } from 'node:stream';
import { parseReference } from '#contract/domain/reference.ts';
import { AppError } from '../util/app-error.ts';
import type { LoginFor } from '../docker-config/login.ts';
import { fetchLayer } from './fetch-layer.ts';
import { readRemoteImage, type ResolvedRemoteImage } from './read-remote-image.ts';
import type { IsInsecure } from './find-registry-origin.ts';
import { RegistryClient } from './registry-client.ts';

export interface RemoteImagesOptions {
  readonly loginFor: LoginFor;
  /** Whether the engine uses a registry without a trusted certificate, or without HTTPS. */
  readonly isInsecure?: IsInsecure;
  /** "linux/amd64": the platform of a multi-platform image if none is requested. */
  readonly preferredPlatform: () => string;
}

/** Registries count requests; a comparison that is changed image by image resolves each image only once. */
const LIFETIME_MS = 10 * 60_000;
const MAX_ENTRIES = 50;

/** Images in registries, each resolved with the registry's own login. */
export class RemoteImages {
  readonly #options: RemoteImagesOptions;
  readonly #cached = new Map<string, { found: ResolvedRemoteImage; at: number }>();

  constructor(options: RemoteImagesOptions) {
    this.#options = options;
  }

  /** Resolves an image without the cache. Throws what readRemoteImage throws. */
  async refresh(reference: string, platform: string | null, signal?: AbortSignal): Promise<ResolvedRemoteImage> {
    const { loginFor, isInsecure, preferredPlatform } = this.#options;
    this.#cached.delete(keyOf(reference, platform));
    const found = await readRemoteImage({
      reference,
      platform,
      preferredPlatform: preferredPlatform(),
      loginFor,
      ...(isInsecure && { isInsecure }),
      ...(signal && { signal })
    });
    this.#store(reference, platform, found);
    return found;
  }

  /** Resolves an image, from the cache of the last minutes if possible. Throws what readRemoteImage throws. */
  async read(reference: string, platform: string | null, signal: AbortSignal): Promise<ResolvedRemoteImage> {
    const cached = this.#cached.get(keyOf(reference, platform));
    if (cached !== undefined && Date.now() - cached.at < LIFETIME_MS) return cached.found;
    return this.refresh(reference, platform, signal);
  }

  /** Opens a layer by its index. Throws what fetchLayer and LoginFor throw. */
  async openLayer({ image }: ResolvedRemoteImage, layer: number, signal: AbortSignal): Promise<Readable> {
    const parsed = parseReference(image.reference);
    const requested = image.layers[layer];
    if (!parsed.ok || requested === undefined) throw new AppError('internal', { detail: { reason: 'layer-unknown' } });
    const client = new RegistryClient(image.host, await this.#options.loginFor(image.host), this.#options.isInsecure);
    return fetchLayer(client, parsed.reference.path, requested, signal);
  }

  #store(reference: string, platform: string | null, found: ResolvedRemoteImage): void {
    const cached = { found, at: Date.now() };
    for (const name of new Set([reference, found.image.reference])) this.#cached.set(keyOf(name, platform), cached);
    const [oldest] = this.#cached.keys();
    if (this.#cached.size > MAX_ENTRIES && oldest !== undefined) this.#cached.delete(oldest);
  }
}

const keyOf = (reference: string, platform: string | null): string => JSON.stringify([reference, platform]);
