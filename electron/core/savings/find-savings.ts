import { savingsRuleIds, type SavingsRuleId } from '#contract/domain/savings-rules.ts';
import type { Saving } from '#contract/schema/analysis.ts';
import type { FileTree } from '../filetree/file-tree.ts';
import { kindOf, pathOf } from '../filetree/layer-table.ts';
import type { LayerTable } from '../filetree/layer-table.ts';
import type { TreeView } from '../filetree/tree-view.ts';
import { compareNames } from '../tar/compare-names.ts';
import { displayName } from '../tar/tar-fields.ts';
import { matchRules } from './match-rules.ts';

export interface Savings {
  /** By rule, the largest first; without rules that find nothing. */
  readonly savings: Saving[];
  readonly removableBytes: number;
  /** For each layer 1 for each entry of its table that is removable. */
  readonly marks: readonly Uint8Array[];
}

type Path = Saving['paths'][number];

const folder = kindOf('folder');
const implied = kindOf('implied');
const hardLink = kindOf('hard-link');

/**
 * Finds the files that a fix can remove, by the rules, in the layers that added them. Hidden files are not among them: to
 * remove them from the image is another fix. Takes one pass over the entries of all layers.
 */
export function findSavings(tree: FileTree, tables: readonly LayerTable[], final: TreeView): Savings {
  const rules = matchRules(tree);
  const byRule = new Map<SavingsRuleId, Path[]>();
  const marks = tables.map((table, layer) => markLayer({ tree, table, layer, final, rules }, byRule));
  const savings = [...byRule].map(([ruleId, paths]): Saving => {
    paths.sort((a, b) => b.sizeBytes - a.sizeBytes || a.layer - b.layer || compareNames(a.path, b.path));
    const sum = (of: (path: Path) => number): number => paths.reduce((total, path) => total + of(path), 0);
    return { ruleId, sizeBytes: sum((path) => path.sizeBytes), fileCount: sum((path) => path.fileCount), paths };
  });
  savings.sort((a, b) => b.sizeBytes - a.sizeBytes || compareNames(a.ruleId, b.ruleId));
  return { savings, removableBytes: savings.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0), marks };
}

interface Layer {
  readonly tree: FileTree;
  readonly table: LayerTable;
  readonly layer: number;
  readonly final: TreeView;
  /** The rule of each path of the tree. */
  readonly rules: Uint8Array;
}

/** Marks a layer's removable entries, and adds the outermost path of each match to `byRule`. */
function markLayer({ tree, table, layer, final, rules }: Layer, byRule: Map<SavingsRuleId, Path[]>): Uint8Array {
  const mapped = tree.layers[layer]?.mapped ?? new Int32Array(0);
  const marks = new Uint8Array(table.parent.length);
  const ruleAt = (node: number): number => rules[mapped[node] ?? -1] ?? 0;
  const linked = linkedFromOutside(table, ruleAt);
  const found = new Map<number, Path>();
  /** The outermost entry with the same rule, for each entry with one. */
  const tops = new Int32Array(table.parent.length);
  for (let node = 1; node < marks.length; node++) {
    const rule = ruleAt(node);
    if (rule === 0) continue;
    const above = table.parent[node] ?? 0;
    const top = ruleAt(above) === rule ? (tops[above] ?? node) : node;
    tops[node] = top;
    const kind = table.kind[node];
    if (kind === folder || kind === implied || final.layer[mapped[node] ?? -1] !== layer) continue;
    if (linked.size > 0 && linked.has(pathOf(table, node))) continue;
    marks[node] = 1;
    const sizeBytes = table.sizeBytes[node] ?? 0;
    if (sizeBytes === 0) continue;
    const path = found.get(top) ?? { path: `/${displayName(pathOf(table, top))}`, layer, sizeBytes: 0, fileCount: 0 };
    path.sizeBytes += sizeBytes;
    path.fileCount += 1;
    found.set(top, path);
  }
  for (const [top, path] of found) {
    const ruleId = savingsRuleIds[ruleAt(top) - 1];
    if (ruleId === undefined) continue;
    const paths = byRule.get(ruleId);
    if (paths) paths.push(path);
    else byRule.set(ruleId, [path]);
  }
  return marks;
}

/** Files that entries outside of all rules link to: their bytes stay in use, as those of a package store. */
function linkedFromOutside(table: LayerTable, ruleAt: (node: number) => number): ReadonlySet<string> {
  const targets = new Set<string>();
  if (table.links.length === 0) return targets;
  for (let node = 1; node < table.kind.length; node++) {
    if (table.kind[node] === hardLink && ruleAt(node) === 0) targets.add(table.links[table.link[node] ?? -1] ?? '');
  }
  return targets;
}
