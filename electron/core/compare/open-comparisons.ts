import { randomUUID } from 'node:crypto';
import type { ComparedSource, ComparisonProgress } from '#contract/schema/comparison.ts';
import { AppError, Cancelled } from '../util/app-error.ts';
import type { JobContext } from '../job/job-context.ts';
import type { RemoteImages } from '../registry/remote-images.ts';
import { imageFromEngine, imageFromArchive } from '../analysis/analysis-session.ts';
import type { ExplorerContext } from '../analysis/explore/image-explorer.ts';
import { startImageThread, type ImageThread, type ImageToRead } from '../analysis/thread/image-thread.ts';
import type { AnalysesDependencies } from '../analysis/open-analyses.ts';
import { imageFromRegistry } from '../analysis/remote/image-from-registry.ts';
import type { ComparisonQueries } from './comparison-explorer.ts';

export type ComparisonsDependencies = AnalysesDependencies & { readonly remotes: RemoteImages };

export interface SourceToCompare {
  readonly source: ComparedSource;
  readonly context: ExplorerContext;
}

/** Each has a thread with several images: one is displayed, and one may be opening to replace it. */
const maxOpen = 2;

/** The open comparisons, by opaque ids. */
export class OpenComparisons {
  readonly #dependencies: ComparisonsDependencies;
  readonly #threads = new Map<string, ImageThread<ComparisonQueries>>();

  constructor(dependencies: ComparisonsDependencies) {
    this.#dependencies = dependencies;
  }

  /** Reads the images, cached ones from the cache. Throws what OpenAnalyses.open and RemoteImages throw. */
  async open(
    sources: readonly SourceToCompare[],
    { signal, emit }: JobContext<ComparisonProgress>
  ): Promise<{ comparisonId: string }> {
    const { workerFile, cacheFolder } = this.#dependencies;
    const images: ImageToRead[] = [];
    for (const [image, source] of sources.entries()) {
      // Reported before the request to the engine, so that an error is attributed to this image.
      emit({ image, progress: { phase: 'waiting', readBytes: 0, totalBytes: null } });
      images.push(await this.#find(source, signal));
    }
    if (signal.aborted) throw new Cancelled();
    const onProgress = (progress: ComparisonProgress['progress'], image: number): void => emit({ image, progress });
    const options = { workerFile, cacheFolder, signal, onProgress };
    const thread = await startImageThread<ComparisonQueries>('compare', images, options);
    const comparisonId = randomUUID();
    this.#threads.set(comparisonId, thread);
    for (const oldest of this.#threads.keys()) {
      if (this.#threads.size <= maxOpen) break;
      this.close(oldest);
    }
    return { comparisonId };
  }

  /** Throws analysis-unknown, worker-died, and what the query throws. */
  async query<Q extends keyof ComparisonQueries>(
    comparisonId: string,
    query: Q,
    input: ComparisonQueries[Q]['input']
  ): Promise<ComparisonQueries[Q]['answer']> {
    const thread = this.#threads.get(comparisonId);
    if (!thread) throw new AppError('analysis-unknown', {});
    return thread.query(query, input);
  }

  /** Reads more data of the compared images. Throws what `query` throws, what reading throws, and Cancelled. */
  async read(
    comparisonId: string,
    what: 'readPackages' | 'readContents',
    job: JobContext<ComparisonProgress>
  ): Promise<{ comparisonId: string }> {
    const thread = this.#threads.get(comparisonId);
    if (!thread) throw new AppError('analysis-unknown', {});
    await thread.run(what, {}, job);
    return { comparisonId };
  }

  /** Ends the thread of a comparison and frees its memory; an unknown id is ignored. */
  close(comparisonId: string): void {
    this.#threads.get(comparisonId)?.close();
    this.#threads.delete(comparisonId);
  }

  closeAll(): void {
    for (const comparisonId of [...this.#threads.keys()]) this.close(comparisonId);
  }

  async #find({ source, context }: SourceToCompare, signal: AbortSignal): Promise<ImageToRead> {
    if (source.kind === 'engine') {
      const engine = await this.#dependencies.engine(source.engineId, signal);
      return imageFromEngine(engine, source.image, { context, signal });
    }
    if (source.kind === 'registry') {
      const { reference, platform, fetchLayers } = source;
      const found = await this.#dependencies.remotes.read(reference, platform, signal);
      return imageFromRegistry(this.#dependencies.remotes, found, { fetchLayers, context });
    }
    const choice = { platform: source.platform, reference: source.reference };
    return imageFromArchive(this.#dependencies.archivePath(source.archiveId), choice, context);
  }
}
