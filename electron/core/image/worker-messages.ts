import type { AnalysisProgress } from '../../contract/schema/analysis.ts';
import type { AppErrorData } from '../../contract/schema/error.ts';
import type { ImageChoice } from './archive/choose-manifest.ts';
import type { ExplorerContext, ExplorerQuestion } from './explore/image-explorer.ts';

/** What a worker is started with: it reads one image, and then answers questions on it until it is ended. */
export interface WorkerTask {
  /** A file or folder; or an engine's image, whose export is asked for (`want-export`) and then comes in chunks. */
  from: { kind: 'path'; path: string } | { kind: 'engine'; image: string; imageId: string; tags: string[] };
  choice: Partial<ImageChoice>;
  context: ExplorerContext;
  /** Null keeps nothing. */
  cacheFolder: string | null;
}

export type ToWorker =
  | { kind: 'chunk'; bytes: Uint8Array }
  | { kind: 'end' }
  | { kind: 'ask'; id: number; question: ExplorerQuestion; input: unknown };

export type FromWorker =
  | { kind: 'want-export' }
  /** Bytes that were read of what was sent: as many may follow. */
  | { kind: 'taken'; bytes: number }
  | { kind: 'progress'; progress: AnalysisProgress }
  | { kind: 'ready' }
  | { kind: 'failed'; error: AppErrorData }
  | { kind: 'answer'; id: number; answer: unknown }
  | { kind: 'refused'; id: number; error: AppErrorData };
