import { packageKindSchema, type ComparisonProgress, type UnreadDatabase } from '#contract/schema/comparison.ts';
import { Cancelled } from '../util/app-error.ts';
import type { JobContext } from '../job/job-context.ts';
import type { ImageAnalysis } from '../analysis/describe-analysis.ts';
import { displayName } from '../tar/tar-fields.ts';
import { ImageFiles } from '../analysis/image-files.ts';
import { FileRequests, readImageFiles, type ReadableImage } from '../analysis/read-image-files.ts';
import { DatabaseTexts } from './database-texts.ts';
import type { InstalledPackage } from './installed-package.ts';
import { measurePackages, type MeasuredPackage } from './measure-packages.ts';
import { parsers } from './parsers.ts';

/** The installed packages of an image. */
export interface ImagePackages {
  readonly packages: readonly MeasuredPackage[];
  readonly unread: readonly UnreadDatabase[];
}

export type ImageWithPackages = ReadableImage & { readonly analysis: Pick<ImageAnalysis, 'tree' | 'tables' | 'final'> };

/**
 * Reads the installed packages of each image from its databases, of every kind that has a parser. No
 * container is run; databases that cannot be read are listed, and are not an error. Throws what readLayerFiles throws.
 */
export async function readPackages(
  images: readonly ImageWithPackages[],
  job: JobContext<ComparisonProgress>
): Promise<ImagePackages[]> {
  const requests = new FileRequests();
  const texts = new DatabaseTexts(requests);
  const planned = images.map(({ analysis, layers }) => {
    const files = new ImageFiles(analysis);
    const diffIds = layers.map(({ diffId }) => diffId);
    const databases = packageKindSchema.options.flatMap((kind) =>
      parsers[kind]
        .findDatabases(files, (node) => texts.request(files, node, diffIds))
        .map((database) => ({ kind, ...database }))
    );
    return { files, databases };
  });
  await readImageFiles(images, requests.files, job);
  const read: ImagePackages[] = [];
  for (const [image, { files, databases }] of planned.entries()) {
    job.emit({ image, progress: { phase: 'merging', readBytes: 0, totalBytes: null } });
    // Yields to the event loop, so that a cancellation is noticed.
    await new Promise(setImmediate);
    if (job.signal.aborted) throw new Cancelled();
    const unread: UnreadDatabase[] = [];
    const found: InstalledPackage[] = [];
    for (const { kind, path, main, parse } of databases) {
      const packages = main.reason === null ? await parse(main) : null;
      if (packages) for (const each of packages) found.push(each);
      else unread.push({ kind, path: shownPath(path), reason: main.reason ?? 'damaged' });
    }
    read.push({ packages: measurePackages(files, found), unread });
  }
  return read;
}

const shownPath = (path: string): string => `/${displayName(path)}`.slice(0, 1000);
