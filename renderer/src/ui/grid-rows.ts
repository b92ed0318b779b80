import type { RowSelection } from './row-selection.svelte.ts';

/** Returns the row of an item; null for an item that does not use the columns. */
export type RowOf<Item, Row> = (item: Item) => Row | null;

/** How the items of a DataGrid form a tree. */
export interface GridTree<Item> {
  /** 1 for the items of the root. */
  readonly levelOf: (item: Item) => number;
  /** Null for an item without children. */
  readonly isOpen: (item: Item) => boolean | null;
  /** 1-based position among its siblings, and their number; null while unknown. */
  readonly positionOf?: (item: Item) => { readonly position: number; readonly count: number } | null;
  /** Expands or collapses an item. An element with `data-toggle` in a row does so too. */
  readonly ontoggle: (item: Item) => void;
}

/** How the items of a DataGrid are selected: a checkbox in each, ranges with Shift. */
export interface GridSelection<Item> {
  readonly selected: RowSelection;
  /** The keys that an item selects: its own, or those of a group's rows. */
  readonly keysOf: (item: Item) => readonly string[];
  /** Labels of the checkboxes. */
  readonly labelOf: (item: Item) => string;
  readonly allLabel: string;
}
