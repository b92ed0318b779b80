import type { TreeItem } from './tree-items.ts';

/** The full path of an item's file, as far as its parents are among the items. */
export function pathOfItem(items: readonly TreeItem[], item: TreeItem): string {
  const rows = new Map(items.flatMap((each) => (each.kind === 'row' ? [[each.row.node, each] as const] : [])));
  const names: string[] = [];
  for (let at = item.kind === 'row' ? item : undefined; at !== undefined; at = rows.get(at.parent))
    names.push(at.row.name);
  return `/${names.reverse().join('/')}`;
}
