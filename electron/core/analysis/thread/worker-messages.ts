import type { AnalysisProgress } from '#contract/schema/analysis.ts';
import type { AppErrorData } from '#contract/schema/error.ts';
import type { ImageChoice } from '../../archive/choose-candidate.ts';
import type { ResolvedRemoteImage } from '../../registry/read-remote-image.ts';
import type { ExplorerContext } from '../explore/image-explorer.ts';

/**
 * A file or folder; or an engine's image, whose export is asked for (`request-export`) and then comes in chunks. How the
 * export is laid out, and so where its layers lie, differs by the engine's product, version and store: `layout`.
 */
export type LocalImage =
  { kind: 'path'; path: string } | { kind: 'engine'; image: string; imageId: string; tags: string[]; layout: string };

/** An image in a registry: layers of it come as an export does (`request-layer`). */
export interface RemoteSource {
  kind: 'registry';
  found: ResolvedRemoteImage;
  /** Those that are not known are fetched while it is read. */
  fetchLayers: boolean;
}

/** An image that a worker is to read. */
export interface ImageTask {
  from: LocalImage | RemoteSource;
  choice: Partial<ImageChoice>;
  context: ExplorerContext;
}

/** What a worker is started with: it reads images, one after the other, and then answers questions until it is ended. */
export interface WorkerTask {
  /** The questions are those on the one image, or those on several side by side. */
  kind: 'explore' | 'compare';
  images: ImageTask[];
  /** Null keeps nothing. */
  cacheFolder: string | null;
}

/** `image` is an index of the task's images; each export that the worker wants has a number of its own. */
export type ToWorker =
  | { kind: 'chunk'; exportId: number; bytes: Uint8Array }
  | { kind: 'end'; exportId: number }
  | { kind: 'export-failed'; exportId: number; error: AppErrorData }
  | { kind: 'query'; id: number; query: string; input: unknown }
  /** The answer is no longer waited for. */
  | { kind: 'stop'; id: number };

export type FromWorker =
  /** `again` is set once the images were read: then the export has to be the very image that was. */
  | { kind: 'request-export'; exportId: number; image: number; again: boolean }
  /** One layer of an image in a registry, by its place; it comes as an export does. */
  | { kind: 'request-layer'; exportId: number; image: number; layer: number }
  /** Nothing more of it is read. */
  | { kind: 'cancel-export'; exportId: number }
  /** Bytes that were read of what was sent: as many may follow. */
  | { kind: 'ack'; exportId: number; bytes: number }
  | { kind: 'progress'; image: number; progress: AnalysisProgress }
  | { kind: 'ready' }
  | { kind: 'failed'; error: AppErrorData }
  /** How far the work on a question has come that takes long. */
  | { kind: 'event'; id: number; event: unknown }
  | { kind: 'answer'; id: number; answer: unknown }
  | { kind: 'refused'; id: number; error: AppErrorData };
