import type { Readable } from 'node:stream';
import { parseReference } from '#contract/domain/reference.ts';
import { AppError } from '../util/app-error.ts';
import type { Login } from '../docker-config/login.ts';
import { fetchLayer } from './fetch-layer.ts';
import { readRemoteImage, type FoundRemoteImage } from './read-remote-image.ts';
import { RegistryClient } from './registry-client.ts';

export interface RemoteImagesOptions {
  /** The saved login of a host; null asks anonymously. */
  readonly loginFor: (host: string) => Promise<Login | null>;
  /** "linux/amd64": taken of an image of several platforms when none is asked for. */
  readonly preferredPlatform: () => string;
}

/** Registries count what is asked of them; a comparison that is changed image by image asks them once. */
const KEPT_MS = 10 * 60_000;
const KEPT = 50;

/** Images as their registries tell them, each registry asked with its own login. */
export class RemoteImages {
  readonly #options: RemoteImagesOptions;
  readonly #kept = new Map<string, { found: FoundRemoteImage; at: number }>();

  constructor(options: RemoteImagesOptions) {
    this.#options = options;
  }

  /** Asks the registry, whatever it said before. Throws what readRemoteImage throws. */
  async look(reference: string, platform: string | null, signal?: AbortSignal): Promise<FoundRemoteImage> {
    const { loginFor, preferredPlatform } = this.#options;
    this.#kept.delete(keyOf(reference, platform));
    const found = await readRemoteImage({
      reference,
      platform,
      preferredPlatform: preferredPlatform(),
      loginFor,
      ...(signal && { signal })
    });
    this.#keep(reference, platform, found);
    return found;
  }

  /** What the registry said in the last minutes, else what it says. Throws what readRemoteImage throws. */
  async read(reference: string, platform: string | null, signal: AbortSignal): Promise<FoundRemoteImage> {
    const kept = this.#kept.get(keyOf(reference, platform));
    if (kept !== undefined && Date.now() - kept.at < KEPT_MS) return kept.found;
    return this.look(reference, platform, signal);
  }

  /** Opens a layer by its place. Throws what fetchLayer throws. */
  async openLayer({ image }: FoundRemoteImage, layer: number, signal: AbortSignal): Promise<Readable> {
    const parsed = parseReference(image.reference);
    const wanted = image.layers[layer];
    if (!parsed.ok || wanted === undefined) throw new AppError('internal', { detail: 'The image has no such layer.' });
    const client = new RegistryClient(image.host, await this.#options.loginFor(image.host));
    return fetchLayer(client, parsed.reference.path, wanted, signal);
  }

  #keep(reference: string, platform: string | null, found: FoundRemoteImage): void {
    const kept = { found, at: Date.now() };
    for (const name of new Set([reference, found.image.reference])) this.#kept.set(keyOf(name, platform), kept);
    const [oldest] = this.#kept.keys();
    if (this.#kept.size > KEPT && oldest !== undefined) this.#kept.delete(oldest);
  }
}

const keyOf = (reference: string, platform: string | null): string => JSON.stringify([reference, platform]);
