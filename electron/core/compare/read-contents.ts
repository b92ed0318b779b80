import { createHash, type Hash } from 'node:crypto';
import type { ComparisonProgress } from '#contract/schema/comparison.ts';
import type { JobContext } from '../job/job-context.ts';
import type { RequestedFile } from '../archive/layer-files-reader.ts';
import type { ContentPlan } from './plan-contents.ts';
import { FileRequests, readImageFiles, type ReadableImage } from '../analysis/read-image-files.ts';

/** Whether a path has the same content in two images; null if it was not read, or need not be. */
export type ContentComparer = (node: number, image: number, other: number) => boolean | null;

/** Reads the files of a plan from all images and compares them by their sha256. Throws what readLayerFiles throws. */
export async function readContents(
  { files }: ContentPlan,
  images: readonly ReadableImage[],
  job: JobContext<ComparisonProgress>
): Promise<ContentComparer> {
  const digests = new Digests();
  const requests = new FileRequests();
  for (const { diffId, path } of files) requests.add(diffId, path, () => digests.read(`${diffId} ${path}`));
  await readImageFiles(images, requests.files, job);
  const found = images.map(() => new Map<number, number>());
  for (const { diffId, path, image, node } of files) {
    const digest = digests.of(`${diffId} ${path}`);
    // Sparse files of GNU tar are found, but not read.
    if (digest !== undefined) found[image]?.set(node, digest);
  }
  return (node, image, other) => {
    const [one, another] = [found[image]?.get(node), found[other]?.get(node)];
    return one === undefined || another === undefined ? null : one === another;
  };
}

/** The sha256 of files, each numbered once. */
class Digests {
  readonly #numbers = new Map<string, number>();
  readonly #ofFile = new Map<string, number>();

  of(file: string): number | undefined {
    return this.#ofFile.get(file);
  }

  read(file: string): RequestedFile {
    let hash: Hash | null = null;
    return {
      maxBytes: Infinity,
      sink: {
        start: () => void (hash = createHash('sha256')),
        write: (chunk) => void hash?.update(chunk),
        end: () => {
          const digest = hash?.digest('base64') ?? '';
          // There may be 100,000 of them, so native hash objects are released early.
          hash = null;
          const number = this.#numbers.get(digest) ?? this.#numbers.size;
          this.#numbers.set(digest, number);
          this.#ofFile.set(file, number);
        }
      }
    };
  }
}
