import { fileKinds } from '#contract/domain/file-kinds.ts';
import type { FileCell } from '#contract/schema/analysis-overview.ts';
import { words } from '#contract/words/words.ts';
import type { LayerFacts } from '#contract/domain/layer-facts.ts';

/** What the colors of the cells represent. */
export type ColorMode = 'origin' | 'change' | 'kind' | 'age';
export const colorModes: readonly ColorMode[] = ['origin', 'change', 'kind', 'age'];

/** A color by its token, "run": --run-fill in the page's style sheet. */
export interface LegendEntry {
  readonly token: string;
  readonly label: string;
}

const day = 24 * 3600;
/** Max age in seconds of the label with the same index in `words.layers.ages`. */
const ages = [7 * day, 31 * day, 366 * day, 3 * 366 * day, Infinity];

/** The token of a cell's fill. `now` is in seconds since 1970. */
export function tokenOf(cell: FileCell, layers: ReadonlyMap<number, LayerFacts>, mode: ColorMode, now: number): string {
  if (cell.kind === 'image' || cell.kind === 'base') return 'base';
  if (mode === 'origin' || cell.kind === 'layer') return layers.get(cell.layer)?.origin ?? 'other';
  if (cell.kind === 'other') return 'kind-other';
  if (mode === 'change') return `change-${cell.change}`;
  if (mode === 'kind') return `kind-${cell.fileKind}`;
  return `age-${ages.findIndex((limit) => now - cell.mtimeSeconds <= limit)}`;
}

/** The legend: the displayed colors with their labels, in order. */
export function legendOf(mode: ColorMode, used: ReadonlySet<string>): LegendEntry[] {
  const { origins, changes, kinds } = words.layers;
  const all: LegendEntry[] = {
    origin: (['run', 'copy', 'other', 'base'] as const).map((token) => ({ token, label: origins[token] })),
    change: (['added', 'modified', 'unchanged'] as const).map((change) => ({
      token: `change-${change}`,
      label: changes[change]
    })),
    kind: fileKinds.map((kind) => ({ token: `kind-${kind}`, label: kinds[kind] })),
    age: words.layers.ages.map((label, index) => ({ token: `age-${index}`, label }))
  }[mode];
  return all.filter(({ token }) => used.has(token));
}
