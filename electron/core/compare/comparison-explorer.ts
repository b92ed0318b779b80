import type { CallInput, CallOutput } from '#contract/ipc/calls.ts';
import type {
  ComparedPackages,
  ComparedSetting,
  ComparisonFormat,
  ComparisonProgress,
  ComparisonReport
} from '#contract/schema/comparison.ts';
import { AppError } from '../util/app-error.ts';
import type { JobContext } from '../job/job-context.ts';
import type { ImageExplorer } from '../analysis/explore/image-explorer.ts';
import type { LayerSource } from '../analysis/read-layer-files.ts';
import { describeRemote, layersToCompare, type RemotePart } from './remote-part.ts';
import { compareFiles, listDifferences, type FileComparison } from './compare-files.ts';
import { compareLayers, compareSizes } from './compare-layers.ts';
import { compareSettings } from './compare-settings.ts';
import { chainIn, gatherDifferences } from './gather-differences.ts';
import { largestDifferences } from './largest-differences.ts';
import { markChanges } from './mark-changes.ts';
import { maskLine } from '../secrets/mask-secrets.ts';
import { sumDifferences, type DifferenceSums } from './sum-differences.ts';
import { emptySettings, readSettings } from './image-settings.ts';
import { OneAtATime } from '../util/one-at-a-time.ts';
import { comparePackages } from '../packages/compare-packages.ts';
import { readPackages, type ImageWithPackages } from '../packages/read-packages.ts';
import { reportPackages } from '../packages/report-packages.ts';
import { planContents, type ContentPlan } from './plan-contents.ts';
import { readContents, type SameContents } from './read-contents.ts';
import { WholeImages } from './whole-images.ts';

/** The questions on several images side by side: those of the calls `comparison.*`, without the comparison's id. */
export type ComparisonQuestions = {
  [Q in 'overview' | 'cells' | 'differences' | 'rows' | 'settings' | 'packages' | 'contents']: {
    input: Omit<Required<CallInput<`comparison.${Q}`>>, 'comparisonId'>;
    answer: CallOutput<`comparison.${Q}`>;
  };
} & Record<'readPackages' | 'readContents', MoreReading> & {
    /** ... and the text of a file with all of it, for whoever saves that. */
    document: { input: { baseline: number; format: ComparisonFormat }; answer: string };
  };
/** What is read from the images once it is asked for. */
interface MoreReading {
  input: object;
  answer: object;
  event: ComparisonProgress;
}
type Answers = {
  [Q in Exclude<keyof ComparisonQuestions, 'document'>]: ComparisonQuestions[Q] extends {
    input: infer I;
    answer: infer A;
    event: infer E;
  }
    ? (input: I, job: JobContext<E>) => Promise<A>
    : (input: ComparisonQuestions[Q]['input']) => ComparisonQuestions[Q]['answer'];
};

/** Files that a report names. */
const reportedFiles = 1000;

/** Several images that were read, held to be compared; what was worked out last is kept. */
export class ComparisonExplorer {
  readonly #images: readonly ImageExplorer[];
  readonly #remotes: readonly (RemotePart | null)[];
  /** Of what is in the layers nothing is asked of any other. */
  readonly #whole: WholeImages;
  /** These, in their order. */
  readonly #readable: readonly ImageWithPackages[];
  readonly #reading = new OneAtATime();
  #summed: { files: FileComparison; image: number; sums: DifferenceSums } | null = null;
  #files: FileComparison | null = null;
  #packages: ComparedPackages | null = null;
  #plan: ContentPlan | null = null;
  #contents: SameContents | null = null;
  #marked: { key: string; marks: Uint8Array } | null = null;

  /** `sources` are where the images lie, and `remotes` what is known of those in a registry; both in their order. */
  constructor(
    images: readonly ImageExplorer[],
    sources: readonly LayerSource[],
    remotes: readonly (RemotePart | null)[] = []
  ) {
    this.#images = images;
    this.#remotes = images.map((_, image) => remotes[image] ?? null);
    this.#whole = new WholeImages(this.#remotes.map((remote) => (remote?.missing.length ?? 0) === 0));
    this.#readable = this.#whole.places.flatMap((image) => {
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
        totals: compareSizes(layers, this.#within(baseline)),
        filesBaseline: this.#whole.baselineFor(baseline),
        changedCount: this.#filesFrom(baseline).changedCount[0] ?? 0,
        changedSettingCount: this.#settings(true).filter(({ field, isSame }) => field !== 'history' && !isSame).length
      };
    },
    cells: ({ image, leastShare, splitShare }) => {
      const explorer = this.#images[this.#within(image)];
      const focus = { layer: -1, node: 0 };
      return { cells: explorer?.answers.cells({ focus, leastShare, splitShare, query: null }).cells ?? [] };
    },
    differences: ({ baseline, image, folder, leastShare, splitShare }) => {
      const files = this.#filesFrom(baseline);
      const own = this.#whole.places.indexOf(this.#within(image));
      if (own < 0) return { cells: [], crumbs: [], moreBytes: 0, fewerBytes: 0 };
      const sums = this.#sumsOf(files, own);
      const at = folder < files.name.length ? folder : 0;
      return {
        cells: gatherDifferences(files, sums, own, { folder: at, leastShare, splitShare }),
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
      return { rows: rows.map((row) => this.#whole.widen(row)), rowCount };
    },
    settings: ({ reveal }) => this.#settings(reveal),
    packages: () => this.#packages,
    readPackages: (_input, job) =>
      this.#reading.run(async () => {
        this.#packages ??= this.#placed(
          comparePackages(await readPackages(this.#readable, this.#whole.tellPlaces(job)))
        );
        return {};
      }),
    contents: () => {
      const { pathCount, layerBytes } = this.#planOfContents();
      return { pathCount, layerBytes, isRead: this.#contents !== null };
    },
    readContents: (_input, job) =>
      this.#reading.run(async () => {
        this.#contents ??= await readContents(this.#planOfContents(), this.#readable, this.#whole.tellPlaces(job));
        this.#files = null;
        this.#marked = null;
        return {};
      })
  };

  /** All of it as data. */
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
        fileCount: this.#whole.places.includes(image) ? fileCount : null
      })),
      togetherBytes: totals.togetherBytes,
      sharedByAllBytes: totals.sharedByAllBytes,
      layers: layers.map((row) => ({ ...row, command: maskLine(row.command) })),
      settings: this.#settings(false).filter(({ isSame }) => !isSame),
      changedCount,
      files: largestDifferences(this.#filesFrom(baseline), reportedFiles).map((file) => this.#whole.widen(file)),
      contentsRead: this.#contents !== null,
      packages: this.#packages && reportPackages(this.#packages, Math.max(0, this.#whole.places.indexOf(baseline)))
    };
  }

  #settings(reveal: boolean): ComparedSetting[] {
    const settings = this.#images.map(({ config }) => readSettings(config) ?? emptySettings);
    return compareSettings(settings, reveal);
  }

  #filesFrom(baseline: number): FileComparison {
    const from = this.#whole.baselineFor(this.#within(baseline));
    const at = from === null ? 0 : this.#whole.places.indexOf(from);
    if (this.#files?.baseline !== at) {
      const images = this.#whole.places.flatMap((place) => this.#images[place]?.analysis ?? []);
      const contents = this.#contents;
      this.#files = compareFiles(images, at, (node, image) => contents?.(node, image, at) ?? null);
    }
    return this.#files;
  }

  #placed({ unread, ...packages }: Omit<ComparedPackages, 'images'>): ComparedPackages {
    const { places } = this.#whole;
    const placed = unread.map((each) => ({ ...each, image: places[each.image] ?? 0 }));
    return { images: [...places], ...packages, unread: placed };
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

  /** Throws call-refused for an image that is not compared. */
  #within(image: number): number {
    if (image < this.#images.length) return image;
    throw new AppError('call-refused', { call: 'comparison', reason: 'bad-input' });
  }
}
