import type { AnalysisProgress } from '../../contract/schema/analysis.ts';
import type { AppErrorData } from '../../contract/schema/error.ts';
import type { ImageChoice } from './archive/choose-manifest.ts';
import type { ImageAnalysis } from './describe-analysis.ts';
import type { Rules } from './layer/check-rules.ts';

/** What a worker is started with: it reads one image and ends. */
export interface WorkerTask {
  /** A file or folder; or an engine's image, whose export is asked for (`want-export`) and then comes in chunks. */
  from: { kind: 'path'; path: string } | { kind: 'engine'; image: string; imageId: string; tags: string[] };
  choice: Partial<ImageChoice>;
  rules: Rules;
  /** Null keeps nothing. */
  cacheFolder: string | null;
}

export type ToWorker = { kind: 'chunk'; bytes: Uint8Array } | { kind: 'end' };

export type FromWorker =
  | { kind: 'want-export' }
  /** Bytes that were read of what was sent: as many may follow. */
  | { kind: 'taken'; bytes: number }
  | { kind: 'progress'; progress: AnalysisProgress }
  | { kind: 'done'; analysis: ImageAnalysis }
  | { kind: 'failed'; error: AppErrorData };
