import type { ImageRow } from '../../state/list-image-rows.ts';

/** One row of the table: an image's name, or the header of a repository's group. */
export type TableItem =
  | { readonly kind: 'row'; readonly key: string; readonly row: ImageRow }
  | {
      readonly kind: 'group';
      readonly key: string;
      /** Null: the untagged images. */
      readonly repository: string | null;
      readonly rows: readonly ImageRow[];
      readonly open: boolean;
    };

/** Each row as an item. */
export function listTableItems(rows: readonly ImageRow[]): TableItem[] {
  return rows.map((row) => ({ kind: 'row', key: row.key, row }));
}

/**
 * The rows grouped by repository; groups are in the order of their first rows. `collapsed` has keys of groups.
 */
export function groupTableItems(rows: readonly ImageRow[], collapsed: ReadonlySet<string>): TableItem[] {
  const groups = new Map<string | null, ImageRow[]>();
  for (const row of rows) {
    const group = groups.get(row.repository);
    if (group) group.push(row);
    else groups.set(row.repository, [row]);
  }
  return [...groups].flatMap(([repository, members]): TableItem[] => {
    const key = groupKey(repository);
    const open = !collapsed.has(key);
    const inside = members.map((row): TableItem => ({ kind: 'row', key: row.key, row }));
    return [{ kind: 'group', key, repository, rows: members, open }, ...(open ? inside : [])];
  });
}

/** Image names contain no spaces. */
function groupKey(repository: string | null): string {
  return `group ${repository ?? ' untagged'}`;
}
