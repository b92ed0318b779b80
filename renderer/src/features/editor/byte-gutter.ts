import { gutter, GutterMarker } from '@codemirror/view';
import type { LayerOrigin } from '#contract/schema/image.ts';
import { words } from '#contract/words/words.ts';
import { formatBytes } from '../../text/format-bytes.ts';
import { formatDuration } from '../../text/format-time.ts';
import { builtLinesField, builtNumbersAt, type BuiltLine } from './built-lines.ts';

/** Length of the longest bar in pixels. */
const longestBar = 24;
/** Shorter durations are hidden. */
const minShownMs = 50;

class ByteMark extends GutterMarker {
  /** Null for a line whose bytes are not in the image. */
  readonly sizeBytes: number | null;
  readonly origin: LayerOrigin;
  readonly share: number;
  /** "7.4 s", "cached", or empty for almost no time. */
  readonly time: string;

  constructor(sizeBytes: number | null, origin: LayerOrigin, share: number, time: string) {
    super();
    this.sizeBytes = sizeBytes;
    this.origin = origin;
    this.share = share;
    this.time = time;
  }

  override eq(other: ByteMark): boolean {
    const isAlike = this.sizeBytes === other.sizeBytes && this.origin === other.origin && this.share === other.share;
    return isAlike && this.time === other.time;
  }

  override toDOM(): HTMLElement {
    const mark = document.createElement('span');
    mark.className = 'slipway-byte-mark';
    mark.dataset['origin'] = this.origin;
    if (this.sizeBytes === null) mark.title = words.editor.notInImage;
    if (this.sizeBytes === null || this.sizeBytes === 0) mark.dataset['empty'] = '';
    const track = document.createElement('i');
    const bar = document.createElement('b');
    bar.style.width = `${Math.max(2, Math.round(this.share * longestBar))}px`;
    track.append(bar);
    const time = document.createElement('small');
    time.textContent = this.time;
    mark.append(this.sizeBytes === null ? '–' : formatBytes(this.sizeBytes), track, time);
    return mark;
  }
}

function formatStepTime(lines: readonly BuiltLine[]): string {
  if (lines.every((line) => line.isCached)) return words.build.statuses.cached;
  const durationMs = lines.reduce((sum, line) => sum + (line.durationMs ?? 0), 0);
  return durationMs < minShownMs ? '' : formatDuration(durationMs);
}

/**
 * Shows the bytes that each line of the last build added to the image next to the line, with a bar on a common scale,
 * and its duration. Lines that have changed since have neither.
 */
export const byteGutter = gutter({
  class: 'slipway-bytes',
  lineMarker(view, block) {
    const lines = builtNumbersAt(view.state, block.from);
    const [first] = lines;
    if (first === undefined) return null;
    const { maxBytes } = view.state.field(builtLinesField);
    const sizes = lines.flatMap(({ sizeBytes }) => (sizeBytes === null ? [] : [sizeBytes]));
    const sizeBytes = sizes.length === 0 ? null : sizes.reduce((sum, size) => sum + size, 0);
    return new ByteMark(
      sizeBytes,
      first.origin,
      maxBytes === 0 ? 0 : (sizeBytes ?? 0) / maxBytes,
      formatStepTime(lines)
    );
  },
  lineMarkerChange: (update) => update.startState.field(builtLinesField) !== update.state.field(builtLinesField)
});
