/** The rows that are drawn of a long list of rows of one height: from `first` up to, not including, `end`. */
export interface RowWindow {
  readonly first: number;
  readonly end: number;
}

/** What a list of rows can be told and asked, by bind:this. */
export interface RowListHandle {
  reveal: (index: number, alignment?: 'nearest' | 'middle') => void;
  countVisible: () => number;
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

/** Where to scroll so that a row is in view: as little as can be, or with the row in the middle. */
export function revealRow(
  row: number,
  rowHeight: number,
  view: { readonly scrollTop: number; readonly height: number },
  alignment: 'nearest' | 'middle' = 'nearest'
): number {
  const top = row * rowHeight;
  const isAbove = top < view.scrollTop;
  if (!isAbove && top + rowHeight <= view.scrollTop + view.height) return view.scrollTop;
  if (alignment === 'middle') return Math.max(0, top - (view.height - rowHeight) / 2);
  return isAbove ? top : top + rowHeight - view.height;
}

/** True when the end is in view, give or take a row: then new lines are followed. */
export function isAtEnd(view: { scrollTop: number; height: number; scrollHeight: number }, rowHeight: number): boolean {
  return view.scrollTop + view.height >= view.scrollHeight - rowHeight;
}
