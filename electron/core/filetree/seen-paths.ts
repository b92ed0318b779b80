import { compareNames } from '../tar/compare-names.ts';

/** A path that more than one layer has. */
export interface InefficientPath {
  /** With a leading "/"; escaped bytes as in `decodeName`. */
  path: string;
  times: number;
  /** Size of the path in all layers together. */
  sizeBytes: number;
  /** The layers that have it, in order; a layer that has it twice (removed and added again) is listed twice. */
  layers: number[];
}

export interface Efficiency {
  /** 1 if every path is in one layer only. */
  efficiency: number;
  wastedBytes: number;
  /** The most wasteful first. */
  inefficientPaths: InefficientPath[];
}

/** The totals of each path, in columns; only repeated paths have objects. */
export class SeenPaths {
  readonly #times: Int32Array;
  readonly #sizeBytes: Float64Array;
  readonly #minBytes: Float64Array;
  readonly #firstLayer: Int32Array;
  readonly #repeated = new Map<number, number[]>();

  constructor(count: number) {
    this.#times = new Int32Array(count);
    this.#sizeBytes = new Float64Array(count);
    this.#minBytes = new Float64Array(count);
    this.#firstLayer = new Int32Array(count);
  }

  count(node: number, sizeBytes: number, layer: number): void {
    const times = (this.#times[node] ?? 0) + 1;
    this.#times[node] = times;
    this.#sizeBytes[node] = (this.#sizeBytes[node] ?? 0) + sizeBytes;
    if (times === 1) {
      this.#minBytes[node] = sizeBytes;
      this.#firstLayer[node] = layer;
      return;
    }
    this.#minBytes[node] = Math.min(this.#minBytes[node] ?? 0, sizeBytes);
    const layers = this.#repeated.get(node);
    if (layers) layers.push(layer);
    else this.#repeated.set(node, [this.#firstLayer[node] ?? 0, layer]);
  }

  summarize(pathOf: (node: number) => string): Efficiency {
    const sum = (column: Float64Array): number => column.reduce((total, value) => total + value, 0);
    const all = sum(this.#sizeBytes);
    const inefficientPaths = [...this.#repeated].map(([node, layers]) => {
      const sizeBytes = this.#sizeBytes[node] ?? 0;
      return { path: pathOf(node), times: layers.length, sizeBytes, layers };
    });
    inefficientPaths.sort((a, b) => b.sizeBytes - a.sizeBytes || compareNames(a.path, b.path));
    return {
      efficiency: all === 0 ? 1 : sum(this.#minBytes) / all,
      wastedBytes: inefficientPaths.reduce((total, { sizeBytes }) => total + sizeBytes, 0),
      inefficientPaths
    };
  }
}
