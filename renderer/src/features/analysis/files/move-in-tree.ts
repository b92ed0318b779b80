import type { TreeLine } from './tree-lines.ts';

/** What a key does in the tree: go to a line, open or close its folder; null for no key of the tree. */
export type TreeMove =
  { readonly kind: 'go'; readonly to: number } | { readonly kind: 'open' | 'close'; readonly node: number } | null;

/** Reads an arrow, Home, End or page key at a line; `pageRows` is how many lines are in view. */
export function readTreeKey(key: string, lines: readonly TreeLine[], active: number, pageRows: number): TreeMove {
  const line = lines[active];
  const go = (to: number): TreeMove => ({ kind: 'go', to: Math.max(0, Math.min(to, lines.length - 1)) });
  switch (key) {
    case 'ArrowDown':
      return go(active + 1);
    case 'ArrowUp':
      return go(active - 1);
    case 'Home':
      return go(0);
    case 'End':
      return go(lines.length - 1);
    case 'PageDown':
      return go(active + pageRows);
    case 'PageUp':
      return go(active - pageRows);
    case 'ArrowRight':
      if (line?.kind !== 'row' || !line.row.hasChildren) return go(active);
      return line.isOpen ? go(active + 1) : { kind: 'open', node: line.row.node };
    case 'ArrowLeft': {
      if (line === undefined) return null;
      if (line.kind === 'row' && line.isOpen) return { kind: 'close', node: line.row.node };
      const parent = lines.findIndex((each) => each.kind === 'row' && each.row.node === line.parent);
      return go(parent < 0 ? active : parent);
    }
    default:
      return null;
  }
}

/** The whole path of a line's file, as far as its folders are among the lines. */
export function pathOfLine(lines: readonly TreeLine[], line: TreeLine): string {
  const rows = new Map(lines.flatMap((each) => (each.kind === 'row' ? [[each.row.node, each] as const] : [])));
  const names: string[] = [];
  for (let at = line.kind === 'row' ? line : undefined; at !== undefined; at = rows.get(at.parent))
    names.push(at.row.name);
  return `/${names.reverse().join('/')}`;
}
