/** The rows that are drawn of a long list of rows of one height: from `first` up to, not including, `end`. */
export interface RowWindow {
  readonly first: number;
  readonly end: number;
}

/** Rows drawn beyond each edge, so that a quick scroll shows no gap. */
const overscan = 12;

/** A list that became shorter than where it was scrolled to is drawn from its end: the scroll follows only later. */
export function findRowWindow(
  rowCount: number,
  rowHeight: number,
  view: { readonly scrollTop: number; readonly height: number }
): RowWindow {
  const scrollTop = Math.max(0, Math.min(view.scrollTop, rowCount * rowHeight - view.height));
  const first = Math.floor(scrollTop / rowHeight) - overscan;
  const end = Math.ceil((scrollTop + view.height) / rowHeight) + overscan;
  return { first: Math.max(0, first), end: Math.min(end, rowCount) };
}

/** Where to scroll so that a row is in view, moving as little as can be. */
export function revealRow(
  row: number,
  rowHeight: number,
  view: { readonly scrollTop: number; readonly height: number }
): number {
  const top = row * rowHeight;
  if (top < view.scrollTop) return top;
  return Math.max(view.scrollTop, top + rowHeight - view.height);
}

/** True when the end is in view, give or take a row: then new lines are followed. */
export function isAtEnd(view: { scrollTop: number; height: number; scrollHeight: number }, rowHeight: number): boolean {
  return view.scrollTop + view.height >= view.scrollHeight - rowHeight;
}
