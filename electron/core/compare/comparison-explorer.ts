import type { CallInput, CallOutput } from '#contract/ipc/calls.ts';
import type { WrittenFormatOf } from '#contract/domain/export-formats.ts';
import type {
  ComparedPackages,
  ComparedSetting,
  ComparisonProgress,
  ComparisonReport
} from '#contract/schema/comparison.ts';
import { AppError } from '../util/app-error.ts';
import type { JobContext } from '../job/job-context.ts';
import type { ImageExplorer } from '../analysis/explore/image-explorer.ts';
import type { LayerSource } from '../analysis/read-layer-files.ts';
import { describeRemote, layersToCompare, type PartialRemoteImage } from './partial-remote-image.ts';
import { compareFiles, listDifferences, type FileComparison } from './compare-files.ts';
import { compareLayers, compareSizes } from './compare-layers.ts';
import { compareSettings } from './compare-settings.ts';
import { chainIn, buildDifferenceCells } from './build-difference-cells.ts';
import { largestDifferences } from './largest-differences.ts';
import { markChanges } from './mark-changes.ts';
import { sumDifferences, type DifferenceSums } from './sum-differences.ts';
import { readSettings } from './image-settings.ts';
import { SerialQueue } from '../util/serial-queue.ts';
import { comparePackages } from '../packages/compare-packages.ts';
import { readPackages, type ImageWithPackages } from '../packages/read-packages.ts';
import { reportPackages } from '../packages/report-packages.ts';
import { planContents, type ContentPlan } from './plan-contents.ts';
import { readContents, type ContentComparer } from './read-contents.ts';
import { CompleteImages } from './complete-images.ts';

/** The queries on a comparison: those of the calls `comparison.*`, without the comparison's id ... */
export type ComparisonQueries = {
  [Q in 'overview' | 'cells' | 'differences' | 'rows' | 'settings' | 'packages' | 'contents']: {
    input: Omit<Required<CallInput<`comparison.${Q}`>>, 'comparisonId'>;
    answer: CallOutput<`comparison.${Q}`>;
  };
} & Record<'readPackages' | 'readContents', LongQuery> & {
    /** ... and the text of a complete export. */
    document: { input: { baseline: number; format: WrittenFormatOf<'comparison'> }; answer: string };
  };
/** The data that is read from the images on demand. */
interface LongQuery {
  input: object;
  answer: object;
  event: ComparisonProgress;
}
type Answers = {
  [Q in Exclude<keyof ComparisonQueries, 'document'>]: ComparisonQueries[Q] extends {
    input: infer I;
    answer: infer A;
    event: infer E;
  }
    ? (input: I, job: JobContext<E>) => Promise<A>
    : (input: ComparisonQueries[Q]['input']) => ComparisonQueries[Q]['answer'];
};

/** Max number of files in a report. */
const maxReportedFiles = 1000;

/** Answers queries on compared images; the last results are cached. */
export class ComparisonExplorer {
  readonly #images: readonly ImageExplorer[];
  readonly #remotes: readonly (PartialRemoteImage | null)[];
  /** Only these have a file comparison. */
  readonly #complete: CompleteImages;
  /** The images, in order. */
  readonly #readable: readonly ImageWithPackages[];
  readonly #queue = new SerialQueue();
  #summed: { files: FileComparison; image: number; sums: DifferenceSums } | null = null;
  #files: FileComparison | null = null;
  #packages: ComparedPackages | null = null;
  #plan: ContentPlan | null = null;
  #contents: ContentComparer | null = null;
  #marked: { key: string; marks: Uint8Array } | null = null;

  /**
   * `sources` are the images' locations, and `remotes` describe those in a registry; both in the order of the images.
   */
  constructor(
    images: readonly ImageExplorer[],
    sources: readonly LayerSource[],
    remotes: readonly (PartialRemoteImage | null)[] = []
  ) {
    this.#images = images;
    this.#remotes = images.map((_, image) => remotes[image] ?? null);
    this.#complete = new CompleteImages(this.#remotes.map((remote) => (remote?.missing.length ?? 0) === 0));
    this.#readable = this.#complete.indexes.flatMap((image) => {
      const [explorer, source] = [images[image], sources[image]];
      return explorer && source ? [{ source, layers: explorer.layerFiles, analysis: explorer.analysis }] : [];
    });
  }

  readonly answers: Answers = {
    overview: ({ baseline }) => {
      const layers = this.#images.map(({ analysis }, image) =>
        layersToCompare(analysis.report.layers, this.#remotes[image] ?? null)
      );
      const stacks = layers.map((stack) => stack.map(({ diffId }) => diffId).join(' '));
      return {
        images: this.#images.map(({ overview }, image) => {
          const same = stacks.indexOf(stacks[image] ?? '');
          const remote = this.#remotes[image] ?? null;
          return {
            source: overview.report.source,
            remote: remote && describeRemote(remote),
            detail: overview.image,
            fileCount: overview.report.fileCount,
            hiddenBytes: overview.report.hiddenBytes,
            sameAs: same < image ? same : null
          };
        }),
        layers: compareLayers(layers),
        totals: compareSizes(layers, this.#checkIndex(baseline)),
        filesBaseline: this.#complete.baselineFor(baseline),
        changedCount: this.#filesFrom(baseline).changedCount[0] ?? 0,
        changedSettingCount: this.#settings(true).filter(({ field, isSame }) => field !== 'history' && !isSame).length
      };
    },
    cells: ({ image, minShare, splitShare }) => {
      const explorer = this.#images[this.#checkIndex(image)];
      const focus = { layer: -1, node: 0 };
      return { cells: explorer?.answers.cells({ focus, minShare, splitShare, query: null }).cells ?? [] };
    },
    differences: ({ baseline, image, folder, minShare, splitShare }) => {
      const files = this.#filesFrom(baseline);
      const own = this.#complete.indexes.indexOf(this.#checkIndex(image));
      if (own < 0) return { cells: [], crumbs: [], moreBytes: 0, fewerBytes: 0 };
      const sums = this.#sumsOf(files, own);
      const at = folder < files.name.length ? folder : 0;
      return {
        cells: buildDifferenceCells(files, sums, own, { folder: at, minShare, splitShare }),
        crumbs: chainIn(files, at),
        moreBytes: sums.moreBytes[0] ?? 0,
        fewerBytes: sums.fewerBytes[0] ?? 0
      };
    },
    rows: ({ baseline, folder, changes, start, limit }) => {
      const files = this.#filesFrom(baseline);
      if (folder >= files.name.length) return { rows: [], rowCount: 0 };
      const key = JSON.stringify([baseline, [...changes].sort()]);
      if (this.#marked?.key !== key) this.#marked = { key, marks: markChanges(files, changes) };
      const { rows, rowCount } = listDifferences(files, folder, { start, limit, marks: this.#marked.marks });
      return { rows: rows.map((row) => this.#complete.expandRow(row)), rowCount };
    },
    settings: ({ reveal }) => this.#settings(reveal),
    packages: () => this.#packages,
    readPackages: (_input, job) =>
      this.#queue.run(async () => {
        this.#packages ??= this.#toOriginalIndexes(
          comparePackages(await readPackages(this.#readable, this.#complete.withOriginalIndexes(job)))
        );
        return {};
      }),
    contents: () => {
      const { pathCount, layerBytes } = this.#planOfContents();
      return { pathCount, layerBytes, isRead: this.#contents !== null };
    },
    readContents: (_input, job) =>
      this.#queue.run(async () => {
        this.#contents ??= await readContents(
          this.#planOfContents(),
          this.#readable,
          this.#complete.withOriginalIndexes(job)
        );
        this.#files = null;
        this.#marked = null;
        return {};
      })
  };

  /** The complete report as data. */
  report(baseline: number): ComparisonReport {
    const { images, layers, totals, changedCount } = this.answers.overview({ baseline });
    return {
      schemaVersion: 1,
      baseline,
      images: images.map(({ source, remote, detail, fileCount }, image) => ({
        source,
        tags: detail.tags,
        platform: detail.platform,
        sizeBytes: totals.sizes[image] ?? null,
        deltaBytes: totals.deltas[image] ?? null,
        compressedBytes: remote?.compressedBytes ?? null,
        fileCount: this.#complete.indexes.includes(image) ? fileCount : null
      })),
      togetherBytes: totals.togetherBytes,
      sharedByAllBytes: totals.sharedByAllBytes,
      layers,
      settings: this.#settings(false).filter(({ isSame }) => !isSame),
      changedCount,
      files: largestDifferences(this.#filesFrom(baseline), maxReportedFiles).map((file) =>
        this.#complete.expandRow(file)
      ),
      contentsRead: this.#contents !== null,
      packages: this.#packages && reportPackages(this.#packages, Math.max(0, this.#complete.indexes.indexOf(baseline)))
    };
  }

  #settings(reveal: boolean): ComparedSetting[] {
    const settings = this.#images.map(({ config }) => readSettings(config));
    return compareSettings(settings, reveal);
  }

  #filesFrom(baseline: number): FileComparison {
    const from = this.#complete.baselineFor(this.#checkIndex(baseline));
    const at = from === null ? 0 : this.#complete.indexes.indexOf(from);
    if (this.#files?.baseline !== at) {
      const images = this.#complete.indexes.flatMap((index) => this.#images[index]?.analysis ?? []);
      const contents = this.#contents;
      this.#files = compareFiles(images, at, (node, image) => contents?.(node, image, at) ?? null);
    }
    return this.#files;
  }

  #toOriginalIndexes({ unread, ...packages }: Omit<ComparedPackages, 'images'>): ComparedPackages {
    const { indexes } = this.#complete;
    const toOriginalIndexes = unread.map((each) => ({ ...each, image: indexes[each.image] ?? 0 }));
    return { images: [...indexes], ...packages, unread: toOriginalIndexes };
  }

  /** The same for each baseline. */
  #planOfContents(): ContentPlan {
    return (this.#plan ??= planContents(this.#files ?? this.#filesFrom(0)));
  }

  #sumsOf(files: FileComparison, image: number): DifferenceSums {
    if (this.#summed?.files !== files || this.#summed.image !== image) {
      this.#summed = { files, image, sums: sumDifferences(files, image) };
    }
    return this.#summed.sums;
  }

  /** Throws call-refused for an image that is not part of the comparison. */
  #checkIndex(image: number): number {
    if (image < this.#images.length) return image;
    throw new AppError('call-refused', { call: 'comparison', reason: 'bad-input' });
  }
}
