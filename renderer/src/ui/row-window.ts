/** The rendered rows of a long list of rows of equal height: from `first` to `end` (exclusive). */
export interface RowWindow {
  readonly first: number;
  readonly end: number;
}

/** The methods of a row list, by bind:this. */
export interface RowListHandle {
  reveal: (index: number, alignment?: 'nearest' | 'middle') => void;
  countVisible: () => number;
}

/** Rows rendered beyond each edge, so that fast scrolling shows no gap. */
const overscan = 12;

/**
 * A list that became shorter than its scroll position is rendered from its end: the scroll position is updated later.
 */
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

/** The scroll position that brings a row into view: with minimal scrolling, or with the row in the middle. */
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

/** True if the end is in view, within one row: then new lines are followed. */
export function isAtEnd(view: { scrollTop: number; height: number; scrollHeight: number }, rowHeight: number): boolean {
  return view.scrollTop + view.height >= view.scrollHeight - rowHeight;
}
