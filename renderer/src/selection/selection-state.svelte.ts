import { createContext } from 'svelte';

/** What a line of the Dockerfile, a layer, a build step and a history row have in common. */
export interface SelectionTarget {
  /** 1-based line of the Dockerfile as it was built. */
  readonly line: number | null;
  readonly layerIndex: number | null;
}

/** Two targets are the same if they share the layer, or, if one has no layer, the line. */
export function isSameTarget(a: SelectionTarget | null, b: SelectionTarget | null): boolean {
  if (a === null || b === null) return false;
  if (a.layerIndex !== null && b.layerIndex !== null) return a.layerIndex === b.layerIndex;
  return a.line !== null && a.line === b.line;
}

/** The hovered and the selected target, shared by the editor, the treemap, the history and the build steps. */
export class SelectionState {
  hovered = $state.raw<SelectionTarget | null>(null);
  selected = $state.raw<SelectionTarget | null>(null);

  /** Changes what is hovered; null when the pointer left. The same target again changes nothing. */
  hover(target: SelectionTarget | null): void {
    if (target === null ? this.hovered !== null : !isSameTarget(target, this.hovered)) this.hovered = target;
  }

  select(target: SelectionTarget | null): void {
    this.selected = target;
  }
}

/** The selection shared by surrounding components: each project, archive and opened image has its own. */
export const [useSelection, provideSelection] = createContext<SelectionState>();
