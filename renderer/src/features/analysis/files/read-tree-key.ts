import type { TreeItem } from './tree-items.ts';

/** What a key does in the tree: go to a line, open or close its folder; null for no key of the tree. */
export type TreeKeyAction =
  { readonly kind: 'move'; readonly to: number } | { readonly kind: 'open' | 'close'; readonly node: number } | null;

/** Reads an arrow, Home, End or page key at a line; `pageRows` is how many lines are in view. */
export function readTreeKey(key: string, items: readonly TreeItem[], active: number, pageRows: number): TreeKeyAction {
  const item = items[active];
  const moveTo = (to: number): TreeKeyAction => ({ kind: 'move', to: Math.max(0, Math.min(to, items.length - 1)) });
  switch (key) {
    case 'ArrowDown':
      return moveTo(active + 1);
    case 'ArrowUp':
      return moveTo(active - 1);
    case 'Home':
      return moveTo(0);
    case 'End':
      return moveTo(items.length - 1);
    case 'PageDown':
      return moveTo(active + pageRows);
    case 'PageUp':
      return moveTo(active - pageRows);
    case 'ArrowRight':
      if (item?.kind !== 'row' || !item.row.hasChildren) return moveTo(active);
      return item.isOpen ? moveTo(active + 1) : { kind: 'open', node: item.row.node };
    case 'ArrowLeft': {
      if (item === undefined) return null;
      if (item.kind === 'row' && item.isOpen) return { kind: 'close', node: item.row.node };
      const parent = items.findIndex((each) => each.kind === 'row' && each.row.node === item.parent);
      return moveTo(parent < 0 ? active : parent);
    }
    default:
      return null;
  }
}

/** The whole path of a line's file, as far as its folders are among the lines. */
export function pathOfItem(items: readonly TreeItem[], item: TreeItem): string {
  const rows = new Map(items.flatMap((each) => (each.kind === 'row' ? [[each.row.node, each] as const] : [])));
  const names: string[] = [];
  for (let at = item.kind === 'row' ? item : undefined; at !== undefined; at = rows.get(at.parent))
    names.push(at.row.name);
  return `/${names.reverse().join('/')}`;
}
