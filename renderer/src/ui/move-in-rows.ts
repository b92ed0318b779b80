/**
 * Moves the focus among the rows of a list by arrows, Home and End, where each row is an element beside the next.
 * Says whether the key was such a one.
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
