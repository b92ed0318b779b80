/**
 * Moves the focus among the rows of a list by arrows, Home and End; the rows are sibling elements.
 * Returns whether it used the key.
 */
export function moveInRows(event: KeyboardEvent & { currentTarget: HTMLElement }): boolean {
  const row = event.currentTarget;
  const target = {
    ArrowDown: row.nextElementSibling,
    ArrowUp: row.previousElementSibling,
    Home: row.parentElement?.firstElementChild,
    End: row.parentElement?.lastElementChild
  }[event.key];
  if (target === undefined) return false;
  if (target instanceof HTMLElement) target.focus();
  return true;
}
