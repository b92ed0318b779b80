import type { ComparisonProgress, UnreadDatabase } from '#contract/schema/comparison.ts';
import { Cancelled } from '../util/app-error.ts';
import type { JobContext } from '../job/job-context.ts';
import type { ImageAnalysis } from '../analysis/describe-analysis.ts';
import { displayName } from '../tar/tar-fields.ts';
import { ImageFiles } from '../analysis/image-files.ts';
import { FileRequests, readImageFiles, type ReadableImage } from '../analysis/read-image-files.ts';
import { DatabaseTexts, type ReadText, type RequestedText } from './database-texts.ts';
import { findDatabases } from './find-databases.ts';
import type { InstalledPackage } from './installed-package.ts';
import { measurePackages, type MeasuredPackage } from './measure-packages.ts';
import { parseApk } from './parsers/parse-apk.ts';
import { parseDpkg } from './parsers/parse-dpkg.ts';
import { parseNpm } from './parsers/parse-npm.ts';
import { parsePip } from './parsers/parse-pip.ts';
import { readRpmDatabase } from './parsers/read-rpm-database.ts';

/** What is installed in an image. */
export interface ImagePackages {
  readonly packages: readonly MeasuredPackage[];
  readonly unread: readonly UnreadDatabase[];
}

export type ImageWithPackages = ReadableImage & { readonly analysis: Pick<ImageAnalysis, 'tree' | 'tables' | 'final'> };

/** A database that will be parsed once its texts were read; null when it is damaged. */
interface Database {
  readonly kind: InstalledPackage['kind'];
  readonly path: string;
  readonly main: RequestedText;
  readonly parse: (main: ReadText) => InstalledPackage[] | null | Promise<InstalledPackage[] | null>;
}

/**
 * Reads what is installed in each image from the databases that lie in it: of dpkg, apk, rpm, pip and npm. No
 * container is run; what cannot be read is named, and is no error. Throws what readLayerFiles throws.
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
    return { files, ...planDatabases(files, (node) => texts.request(files, node, diffIds)) };
  });
  await readImageFiles(images, requests.files, job);
  const read: ImagePackages[] = [];
  for (const [image, { files, databases, unreadRpm }] of planned.entries()) {
    job.emit({ image, progress: { phase: 'merging', readBytes: 0, totalBytes: null } });
    // Whoever wants to cancel is heard.
    await new Promise(setImmediate);
    if (job.signal.aborted) throw new Cancelled();
    const unread = unreadRpm.map((path): UnreadDatabase => ({ kind: 'rpm', path: shownPath(path), reason: 'format' }));
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

function planDatabases(
  files: ImageFiles,
  request: (node: number) => RequestedText
): { databases: Database[]; unreadRpm: readonly string[] } {
  const found = findDatabases(files);
  const databases: Database[] = [];
  for (const { status, lists } of found.dpkg) {
    const requested = new Map([...lists].map(([name, node]) => [name, request(node)]));
    const listOf = (name: string): string | null => requested.get(name)?.text?.() ?? null;
    const parse = ({ text }: ReadText) => someOf(text(), (paragraphs) => parseDpkg(paragraphs, listOf));
    databases.push({ kind: 'dpkg', path: files.pathOf(status), main: request(status), parse });
  }
  for (const { status, sums } of found.statusFiles) {
    const requested = sums === null ? null : request(sums);
    const list = (): string | null => requested?.text?.().replace(/^[0-9a-f]{32}[ \t]+/gm, '') ?? null;
    const parse = ({ text }: ReadText) => someOf(text(), (paragraph) => parseDpkg(paragraph, list));
    databases.push({ kind: 'dpkg', path: files.pathOf(status), main: request(status), parse });
  }
  for (const node of found.apk) {
    const parse = ({ text }: ReadText) => someOf(text(), parseApk);
    databases.push({ kind: 'apk', path: files.pathOf(node), main: request(node), parse });
  }
  for (const { database, log } of found.rpm) {
    const requested = log === null ? null : request(log);
    const parse = ({ bytes }: ReadText) =>
      requested?.text === null ? null : readRpmDatabase(bytes(), requested?.bytes() ?? null);
    databases.push({ kind: 'rpm', path: files.pathOf(database), main: request(database), parse });
  }
  for (const { folder, metadata, record } of found.pip) {
    const requested = record === null ? null : request(record);
    const parse = ({ text }: ReadText) => {
      const one = parsePip(folder, text(), requested?.text?.() ?? null);
      return one && [one];
    };
    databases.push({ kind: 'pip', path: files.pathOf(metadata), main: request(metadata), parse });
  }
  for (const { path, manifest } of found.npm) {
    // Not every package.json in such a folder is that of a package: some only say how the files beside them are meant.
    const parse = ({ text }: ReadText) => [parseNpm(path, text())].filter((one) => one !== null);
    databases.push({ kind: 'npm', path, main: request(manifest), parse });
  }
  return { databases, unreadRpm: found.unreadRpm };
}

/** A text in which no package was found is damaged, unless it is empty. */
function someOf(text: string, parse: (text: string) => InstalledPackage[]): InstalledPackage[] | null {
  const packages = parse(text);
  return packages.length === 0 && text.trim() !== '' ? null : packages;
}
