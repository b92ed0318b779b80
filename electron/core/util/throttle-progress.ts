import type { AnalysisProgress } from '#contract/schema/analysis.ts';

const INTERVAL_MS = 50;

/** Tells progress no more often than it can be seen, but each phase at once. */
export function throttleProgress(
  onProgress: (progress: AnalysisProgress) => void
): (progress: AnalysisProgress) => void {
  let next = 0;
  let phase = '';
  return (progress) => {
    const now = performance.now();
    if (now < next && progress.phase === phase) return;
    next = now + INTERVAL_MS;
    phase = progress.phase;
    onProgress(progress);
  };
}
