import type { AnalysisProgress } from '#contract/schema/analysis.ts';

const INTERVAL_MS = 50;

/** Throttles progress reports to a visible rate, but reports each new phase immediately. */
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
