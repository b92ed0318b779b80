import { randomUUID } from 'node:crypto';
import type { AnalysisProgress, AnalysisSource } from '#contract/schema/analysis.ts';
import { AppError } from '../util/app-error.ts';
import type { EngineClient } from '../engine/engine-client.ts';
import type { FileSink } from '../archive/layer-files-reader.ts';
import { imagePath } from '../images/image-path.ts';
import type { JobContext } from '../job/job-context.ts';
import { openEngineSession, openPathSession, type AnalysisSession } from './analysis-session.ts';
import { readLayerFile, type LayerFile } from './read-layer-file.ts';
import type { LayerSource } from './read-layer-files.ts';
import type { ExplorerContext, ExplorerQuery, QueryResult, QueryInput } from './explore/image-explorer.ts';

export interface AnalysesDependencies {
  /** The engine with an id; null is the selected one. Throws what EngineConnection.clientOf throws. */
  readonly engine: (engineId: string | null, signal?: AbortSignal) => Promise<EngineClient>;
  /** Throws archive-unknown. */
  readonly archivePath: (archiveId: string) => string;
  /** The bundle of worker.ts. */
  readonly workerFile: string;
  /** Stores the layers that were read. */
  readonly cacheFolder: string;
}

/**
 * Each analysis has a thread and its memory. The least recently used is closed first; opening it again reads the cache.
 */
const maxOpen = 4;

/** The images that are open for analysis, by opaque ids. */
export class OpenAnalyses {
  readonly #dependencies: AnalysesDependencies;
  readonly #sessions = new Map<string, { session: AnalysisSession; source: AnalysisSource }>();

  constructor(dependencies: AnalysesDependencies) {
    this.#dependencies = dependencies;
  }

  /** Analyzes an image. Throws what openEngineSession and openPathSession throw, and archive-unknown. */
  async open(
    source: AnalysisSource,
    context: ExplorerContext,
    job: JobContext<AnalysisProgress>
  ): Promise<{ analysisId: string }> {
    const { workerFile, cacheFolder } = this.#dependencies;
    const options = { workerFile, cacheFolder, context, signal: job.signal, onProgress: job.emit };
    const session =
      source.kind === 'engine'
        ? await openEngineSession(await this.#dependencies.engine(source.engineId, job.signal), source.image, options)
        : await openPathSession(this.#dependencies.archivePath(source.archiveId), {
            ...options,
            choice: { platform: source.platform, reference: source.reference }
          });
    const analysisId = randomUUID();
    this.#sessions.set(analysisId, { session, source });
    for (const oldest of this.#sessions.keys()) {
      if (this.#sessions.size <= maxOpen) break;
      this.close(oldest);
    }
    return { analysisId };
  }

  /** Throws analysis-unknown, worker-died, and what the query throws. */
  async query<Q extends ExplorerQuery>(analysisId: string, query: Q, input: QueryInput<Q>): Promise<QueryResult<Q>> {
    return this.#use(analysisId).session.query(query, input);
  }

  /**
   * Reads one file of a layer from the image's source. Throws what readLayerFile throws, analysis-unknown, worker-died,
   * engine-none and archive-unknown.
   */
  async readFile(
    analysisId: string,
    location: { layer: number; node: number },
    sink: FileSink,
    { maxBytes, signal }: { maxBytes: number | null; signal: AbortSignal }
  ): Promise<LayerFile> {
    const { session, source } = this.#use(analysisId);
    const request = await session.query('fileRequest', location);
    return readLayerFile(await this.#sourceOf(source, signal), { ...request, maxBytes }, sink, { signal });
  }

  /** Ends an analysis's thread and frees its memory; an unknown id is ignored. */
  close(analysisId: string): void {
    this.#sessions.get(analysisId)?.session.close();
    this.#sessions.delete(analysisId);
  }

  /** Closes every analysis. */
  closeAll(): void {
    for (const analysisId of [...this.#sessions.keys()]) this.close(analysisId);
  }

  /** Marks it as the most recently used. Throws analysis-unknown. */
  #use(analysisId: string): { session: AnalysisSession; source: AnalysisSource } {
    const found = this.#sessions.get(analysisId);
    if (!found) throw new AppError('analysis-unknown', {});
    this.#sessions.delete(analysisId);
    this.#sessions.set(analysisId, found);
    return found;
  }

  async #sourceOf(source: AnalysisSource, signal: AbortSignal): Promise<LayerSource> {
    if (source.kind === 'archive') return { kind: 'path', path: this.#dependencies.archivePath(source.archiveId) };
    const engine = await this.#dependencies.engine(source.engineId, signal);
    const path = imagePath(source.image, 'get');
    return {
      kind: 'stream',
      name: source.image,
      open: (openSignal) => engine.stream({ method: 'GET', path, signal: openSignal })
    };
  }
}
