/** The rows of a tree, by index. */
export interface TreeLevels {
  /** 1 for the rows of the root. */
  readonly levelAt: (index: number) => number;
  /** Null for a row without children. */
  readonly isOpenAt: (index: number) => boolean | null;
}

export interface GridPosition {
  /** Index of the active row. */
  readonly active: number;
  readonly count: number;
  /** Number of visible rows. */
  readonly pageRows: number;
  /** Null for a list. */
  readonly tree: TreeLevels | null;
}

/** The effect of a key in a grid: make another row active, or expand or collapse the active one. */
export type GridKeyAction = { readonly kind: 'move'; readonly to: number } | { readonly kind: 'toggle' };

/** Interprets an arrow, Home, End or page key by the WAI-ARIA treegrid pattern; null for other keys. */
export function readGridKey(key: string, position: GridPosition): GridKeyAction | null {
  const { active, count, tree } = position;
  const page = Math.max(1, position.pageRows);
  const target = {
    ArrowDown: active + 1,
    ArrowUp: active - 1,
    PageDown: active + page,
    PageUp: active - page,
    Home: 0,
    End: count - 1
  }[key];
  if (target !== undefined) return { kind: 'move', to: Math.max(0, Math.min(count - 1, target)) };
  if (tree === null || count === 0) return null;
  if (key === 'ArrowRight') return moveIn(position, tree);
  return key === 'ArrowLeft' ? moveOut(active, tree) : null;
}

/** Expands a collapsed row; from an expanded one moves to its first child. */
function moveIn({ active, count }: GridPosition, { levelAt, isOpenAt }: TreeLevels): GridKeyAction {
  const isOpen = isOpenAt(active);
  if (isOpen === false) return { kind: 'toggle' };
  const hasChild = isOpen === true && active + 1 < count && levelAt(active + 1) > levelAt(active);
  return { kind: 'move', to: hasChild ? active + 1 : active };
}

/** Collapses an expanded row; from any other moves to its parent. */
function moveOut(active: number, { levelAt, isOpenAt }: TreeLevels): GridKeyAction {
  if (isOpenAt(active) === true) return { kind: 'toggle' };
  const level = levelAt(active);
  let parent = active - 1;
  while (parent >= 0 && levelAt(parent) >= level) parent -= 1;
  return { kind: 'move', to: parent < 0 ? active : parent };
}
