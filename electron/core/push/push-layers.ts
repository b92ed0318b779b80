import type { PushEvent, PushLayer } from '#contract/schema/push.ts';
import type { PushLine } from './push-line.ts';

/** What is known about a layer before the engine reports it. */
export interface LayerHint {
  readonly label: string | null;
  /** In the engine's unit: uncompressed on graph drivers, compressed on the containerd store. */
  readonly sizeBytes: number | null;
}

const LAYER_LIMIT = 1000;
/** Interval between progress reports of a layer; a change of its state is always reported. */
const PROGRESS_INTERVAL_MS = 100;

/** The layers of one push: turns the engine's lines into complete, clamped and throttled layer events. */
export class PushLayers {
  readonly #layers = new Map<string, { layer: PushLayer; reportedAt: number }>();
  readonly #hintFor: (shortId: string) => LayerHint | null;
  readonly #emit: (event: PushEvent) => void;

  constructor(hintFor: (shortId: string) => LayerHint | null, emit: (event: PushEvent) => void) {
    this.#hintFor = hintFor;
    this.#emit = emit;
  }

  /** Every layer already existed; false if the engine reports no layers. */
  get nothingSent(): boolean {
    const layers = [...this.#layers.values()];
    return layers.length > 0 && layers.every(({ layer }) => layer.state === 'exists' || layer.state === 'mounted');
  }

  /** The registry was reached: some layer was sent or found in it. */
  get begun(): boolean {
    return [...this.#layers.values()].some(({ layer }) => layer.state !== 'waiting' && layer.state !== 'preparing');
  }

  handle(line: Extract<PushLine, { kind: 'layer' }>): void {
    const known = this.#layers.get(line.id);
    if (known === undefined && this.#layers.size >= LAYER_LIMIT) return;
    const layer = known === undefined ? this.#first(line) : advance(known.layer, line);
    const now = Date.now();
    const progressOnly = known?.layer.state === layer.state;
    const isDue = !progressOnly || now - known.reportedAt >= PROGRESS_INTERVAL_MS;
    this.#layers.set(line.id, { layer, reportedAt: isDue ? now : known.reportedAt });
    if (isDue) this.#emit({ kind: 'layer', layer });
  }

  #first(line: Extract<PushLine, { kind: 'layer' }>): PushLayer {
    const { label = null, sizeBytes = null } = this.#hintFor(line.id) ?? {};
    return advance({ id: line.id, state: 'waiting', sentBytes: 0, totalBytes: sizeBytes, label }, line);
  }
}

/** Engines count padding and may report no total, so the sent bytes are clamped to the total. */
function advance(before: PushLayer, line: Extract<PushLine, { kind: 'layer' }>): PushLayer {
  const totalBytes = line.total !== null && line.total > 0 ? line.total : before.totalBytes;
  const sentBytes = Math.min(line.current ?? (line.state === 'pushing' ? before.sentBytes : 0), totalBytes ?? Infinity);
  const layer = { ...before, state: line.state, totalBytes };
  if (line.state === 'pushing') return { ...layer, sentBytes };
  if (line.state !== 'pushed') return { ...layer, sentBytes: 0 };
  const finalBytes = totalBytes ?? before.sentBytes;
  return { ...layer, sentBytes: finalBytes, totalBytes: finalBytes };
}
