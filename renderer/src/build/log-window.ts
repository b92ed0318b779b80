/** The rows that are drawn of a long list of rows of one height: from `first` up to, not including, `end`. */
export interface RowWindow {
  readonly first: number;
  readonly end: number;
}

/** Rows drawn beyond each edge, so that a quick scroll shows no gap. */
const overscan = 12;

export function findRowWindow(
  rowCount: number,
  rowHeight: number,
  view: { readonly scrollTop: number; readonly height: number }
): RowWindow {
  const first = Math.floor(view.scrollTop / rowHeight) - overscan;
  const end = Math.ceil((view.scrollTop + view.height) / rowHeight) + overscan;
  const start = Math.max(0, Math.min(first, rowCount));
  return { first: start, end: Math.max(start, Math.min(end, rowCount)) };
}

/** True when the end is in view, give or take a row: then new lines are followed. */
export function isAtEnd(view: { scrollTop: number; height: number; scrollHeight: number }, rowHeight: number): boolean {
  return view.scrollTop + view.height >= view.scrollHeight - rowHeight;
}
