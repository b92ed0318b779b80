import { words } from '../../../electron/contract/words/words.ts';
import { formatBytes, formatBytesDelta } from '../format/bytes.ts';

/** An image's size against the baseline's, in words, with what it means for whoever ships it. */
export interface DeltaText {
  readonly text: string;
  readonly tone: 'go' | 'bad' | 'dim';
}

/** Says a difference of sizes in bytes and percent; of a baseline without bytes there is no percent. */
export function describeDelta(deltaBytes: number, baselineBytes: number): DeltaText {
  const text = words.compare;
  if (deltaBytes === 0) return { text: text.sameSize, tone: 'dim' };
  const delta = formatBytesDelta(deltaBytes);
  if (baselineBytes <= 0) return { text: text.grown(formatBytes(deltaBytes)), tone: 'bad' };
  const percent = writePercent((100 * Math.abs(deltaBytes)) / baselineBytes);
  return deltaBytes < 0
    ? { text: text.smaller(delta, percent), tone: 'go' }
    : { text: text.larger(delta, percent), tone: 'bad' };
}

function writePercent(percent: number): string {
  if (percent < 0.1) return '< 0.1';
  return percent < 10 ? percent.toFixed(1) : Math.round(percent).toLocaleString('en');
}
