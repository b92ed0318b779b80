import type { AnalysisProgress } from '#contract/schema/analysis.ts';
import type { AppErrorData } from '#contract/schema/error.ts';
import type { ImageChoice } from '../../archive/choose-candidate.ts';
import type { ResolvedRemoteImage } from '../../registry/read-remote-image.ts';
import type { EngineImageIdentity } from '../../images/identify-image.ts';
import type { ExplorerContext } from '../explore/image-explorer.ts';

/**
 * A file or folder; or an engine's image, whose export is requested (`request-export`) and then arrives in chunks. The
 * layout of an export, and so the location of its layers, depends on the engine's product, version and store: `layout`.
 */
export type LocalImage = { kind: 'path'; path: string } | ({ kind: 'engine'; layout: string } & EngineImageIdentity);

/** An image in a registry: its layers arrive like an export (`request-layer`). */
export interface RemoteSource {
  kind: 'registry';
  found: ResolvedRemoteImage;
  /** Fetches layers that are not cached while reading. */
  fetchLayers: boolean;
}

/** An image for a worker to read. */
export interface ImageTask {
  from: LocalImage | RemoteSource;
  choice: Partial<ImageChoice>;
  context: ExplorerContext;
}

/** A worker's task: it reads images, one after the other, and then answers queries until it is terminated. */
export interface WorkerTask {
  /** Whether the queries are about a single image or a comparison. */
  kind: 'explore' | 'compare';
  images: ImageTask[];
  /** Null stores nothing. */
  cacheFolder: string | null;
}

/** `image` is an index of the task's images; each requested export has its own number. */
export type ToWorker =
  | { kind: 'chunk'; exportId: number; bytes: Uint8Array }
  | { kind: 'end'; exportId: number }
  | { kind: 'export-failed'; exportId: number; error: AppErrorData }
  | { kind: 'query'; id: number; query: string; input: unknown }
  /** The result is no longer needed. */
  | { kind: 'stop'; id: number };

export type FromWorker =
  /** `again` is set once the images were read: then the export must be of exactly the same image. */
  | { kind: 'request-export'; exportId: number; image: number; again: boolean }
  /** One layer of an image in a registry, by its index; it arrives like an export. */
  | { kind: 'request-layer'; exportId: number; image: number; layer: number }
  /** The rest of it is not needed. */
  | { kind: 'cancel-export'; exportId: number }
  /** Bytes that were read: as many more may be sent. */
  | { kind: 'ack'; exportId: number; bytes: number }
  | { kind: 'progress'; image: number; progress: AnalysisProgress }
  | { kind: 'ready' }
  | { kind: 'failed'; error: AppErrorData }
  /** Progress of a long-running query. */
  | { kind: 'event'; id: number; event: unknown }
  | { kind: 'answer'; id: number; answer: unknown }
  | { kind: 'refused'; id: number; error: AppErrorData };
