import type { LayerSource } from '#core/analysis/read-layer-files.ts';
import { registryLayerSource } from '#core/analysis/remote/registry-layer-source.ts';
import type { PartialRemoteImage } from '#core/compare/partial-remote-image.ts';
import { findLayer, scanRemote, type ScannedRemote } from '#core/analysis/remote/scan-remote.ts';
import { words } from '#contract/words/words.ts';
import { printError } from './print/print-error.ts';
import { isInRegistry, registryScheme } from './image-in-registry.ts';
import { createProgressLogger, readImage, sourceOf, type CommandChoice } from './read-image.ts';
import type { Shell } from './shell.ts';

interface ComparedRequest {
  readonly images: readonly string[];
  readonly choice: CommandChoice;
  /** Whether layers that are only in a registry are downloaded. */
  readonly fetch: boolean;
}
interface Compared {
  readonly scanned: ScannedRemote['scanned'];
  /** Where to read more of its files from. */
  readonly source: LayerSource;
  /** For an image in a registry. */
  readonly remote: PartialRemoteImage | null;
}

/**
 * Reads the images in the given order; those in a registry last, since the others may have their
 * layers. Layers that are not available locally are fetched with --fetch only. Throws what readImage, RemoteImages and
 * scanRemote throw.
 */
export async function readCompared({ images, choice, fetch }: ComparedRequest, shell: Shell): Promise<Compared[]> {
  const { signal } = shell;
  const scans = new Map<number, ScannedRemote>();
  const compared = new Map<number, Compared>();
  for (const [at, image] of images.entries()) {
    if (isInRegistry(image)) continue;
    const scanned = await readImage(image, choice, shell);
    scans.set(at, { scanned, missing: [] });
    compared.set(at, { scanned, source: sourceOf(image, scanned, choice, shell), remote: null });
  }
  for (const [at, image] of images.entries()) {
    if (!isInRegistry(image)) continue;
    const registries = await shell.openRegistries();
    const found = await registries.read(image.slice(registryScheme.length), choice.platform, signal);
    if (found.image.loginProblem !== null) {
      shell.log(printError(found.image.loginProblem));
      shell.log(`${words.accounts.withoutLogin}\n`);
    }
    const provider = {
      find: (diffId: string) => Promise.resolve(findLayer(scans.values(), diffId)),
      fetch: fetch ? (layer: number) => registries.openLayer(found, layer, signal) : null,
      save: () => Promise.resolve()
    };
    const scan = await scanRemote(found, provider, { signal, onProgress: createProgressLogger(shell.log) });
    scans.set(at, scan);
    const source = registryLayerSource(found.image, (layer, stop) => registries.openLayer(found, layer, stop));
    const remote = { image: found.image, missing: scan.missing };
    compared.set(at, { scanned: scan.scanned, source, remote });
  }
  return images.flatMap((_, at) => compared.get(at) ?? []);
}
