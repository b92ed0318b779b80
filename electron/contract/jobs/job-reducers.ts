import { applyBuildEvent, copyBuildSnapshot, emptyBuildSnapshot } from './apply-build-event.ts';
import { applyPushEvent, copyPushSnapshot, emptyPushSnapshot } from './apply-push-event.ts';
import { applyTransferEvent, emptyTransferSnapshot } from './apply-transfer-event.ts';
import type { JobKind, JobTypes } from './job-kinds.ts';

interface JobReducer<K extends JobKind> {
  /** The snapshot before the first event. */
  readonly empty: () => JobTypes[K]['snapshot'];
  /** Applies one event to the snapshot, in place. */
  readonly reduce: (snapshot: JobTypes[K]['snapshot'], event: JobTypes[K]['event']) => void;
  /** New objects around everything that `reduce` changes in place, so that a view sees the change. */
  readonly copy: (snapshot: JobTypes[K]['snapshot']) => JobTypes[K]['snapshot'];
}

/**
 * How the events of each kind of job make its snapshot, in main and in a window. Separate from
 * job-kinds.ts, since the page loads no schemas.
 */
export const jobReducers: { readonly [K in JobKind]: JobReducer<K> } = {
  build: { empty: emptyBuildSnapshot, reduce: applyBuildEvent, copy: copyBuildSnapshot },
  push: { empty: emptyPushSnapshot, reduce: applyPushEvent, copy: copyPushSnapshot },
  transfer: { empty: emptyTransferSnapshot, reduce: applyTransferEvent, copy: (snapshot) => ({ ...snapshot }) },
  analysis: {
    empty: () => ({ progress: null }),
    reduce: (snapshot, progress) => void (snapshot.progress = progress),
    copy: (snapshot) => ({ ...snapshot })
  },
  comparison: {
    empty: () => ({ progress: null }),
    reduce: (snapshot, progress) => void (snapshot.progress = progress),
    copy: (snapshot) => ({ ...snapshot })
  }
};
