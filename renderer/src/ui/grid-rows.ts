import type { RowSelection } from './row-selection.svelte.ts';

/** Finds the row of an item; null for an item that is not a row of the columns. */
export type RowOf<Item, Row> = (item: Item) => Row | null;

/** How the items of a DataGrid are a tree. */
export interface GridTree<Item> {
  /** 1 for the items of the root. */
  readonly levelOf: (item: Item) => number;
  /** Null for an item that has no children. */
  readonly isOpen: (item: Item) => boolean | null;
  /** Among the children of its parent: the 1-based position and their number; null while unknown. */
  readonly positionOf?: (item: Item) => { readonly position: number; readonly count: number } | null;
  /** Opens a closed item, closes an open one. An element with `data-toggle` in a row does so too. */
  readonly ontoggle: (item: Item) => void;
}

/** How the items of a DataGrid are selected: a checkbox in each, ranges with Shift. */
export interface GridSelection<Item> {
  readonly selected: RowSelection;
  /** What one item selects: itself, or the rows of a group. */
  readonly keysOf: (item: Item) => readonly string[];
  /** Names of the checkboxes. */
  readonly labelOf: (item: Item) => string;
  readonly allLabel: string;
}
