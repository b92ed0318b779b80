import { markup, type Markup } from './markup.ts';

export interface TableColumn {
  readonly label: string;
  /** How the column shares the width: `wide` takes what the others leave. */
  readonly className?: 'wide' | 'image';
}

/** The content of a cell, and its classes. */
export type TableCell = readonly [className: string, content: string | number | Markup];

/**
 * A table of a page. Each cell repeats its column's label, which is displayed where the page is too narrow for a table: there
 * each row is a block of its own, and no column is cut.
 */
export function writeTable(
  columns: readonly TableColumn[],
  rows: readonly (readonly TableCell[])[],
  className: 'even' | 'plain' = 'plain'
): Markup {
  const heads = columns.map(({ label, className: width }) => markup`<th class="${width ?? 'narrow'}">${label}</th>`);
  const body = rows.map((row) => {
    const cells = row.map(
      ([classes, content], at) =>
        markup`<td class="${classes}" data-label="${columns[at]?.label ?? ''}"><div>${content}</div></td>`
    );
    return markup`<tr>${cells}</tr>
`;
  });
  return markup`<table class="${className}"><thead><tr>${heads}</tr></thead><tbody>
${body}</tbody></table>`;
}
