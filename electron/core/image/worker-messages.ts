import type { AnalysisProgress } from '../../contract/schema/analysis.ts';
import type { AppErrorData } from '../../contract/schema/error.ts';
import type { ImageChoice } from './archive/choose-manifest.ts';
import type { ExplorerContext } from './explore/image-explorer.ts';

/** An image that a worker is to read. */
export interface ImageTask {
  /** A file or folder; or an engine's image, whose export is asked for (`want-export`) and then comes in chunks. */
  from: { kind: 'path'; path: string } | { kind: 'engine'; image: string; imageId: string; tags: string[] };
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

/** `image` is an index of the task's images. */
export type ToWorker =
  | { kind: 'chunk'; image: number; bytes: Uint8Array }
  | { kind: 'end'; image: number }
  | { kind: 'ask'; id: number; question: string; input: unknown };

export type FromWorker =
  | { kind: 'want-export'; image: number }
  /** Bytes that were read of what was sent: as many may follow. */
  | { kind: 'taken'; image: number; bytes: number }
  | { kind: 'progress'; image: number; progress: AnalysisProgress }
  | { kind: 'ready' }
  | { kind: 'failed'; error: AppErrorData }
  | { kind: 'answer'; id: number; answer: unknown }
  | { kind: 'refused'; id: number; error: AppErrorData };
