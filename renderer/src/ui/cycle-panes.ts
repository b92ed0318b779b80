const focusable =
  'button:not(:disabled), input:not(:disabled), textarea:not(:disabled), select:not(:disabled), a[href], summary, [tabindex="0"]';

/**
 * Moves the focus to the next pane, wrapping around. A pane is an element with `data-pane`; within
 * it `data-pane-focus` marks the element to focus, else it is the first focusable one.
 */
export function cyclePanes(page: Document): void {
  const panes = [...page.querySelectorAll<HTMLElement>('[data-pane]')].filter(
    (pane) => pane.getClientRects().length > 0
  );
  const current = panes.findIndex((pane) => pane.contains(page.activeElement));
  for (let step = 1; step <= panes.length; step += 1) {
    const target = findTarget(panes[(current + step) % panes.length]);
    if (target) {
      target.focus();
      return;
    }
  }
}

function findTarget(pane: HTMLElement | undefined): HTMLElement | null {
  if (!pane) return null;
  const marked = pane.querySelector<HTMLElement>('[data-pane-focus]');
  if (marked) {
    const inShadow = marked.shadowRoot?.querySelector<HTMLElement>('[contenteditable="true"]');
    const target = inShadow ?? (marked.matches(focusable) ? marked : marked.querySelector<HTMLElement>(focusable));
    if (target) return target;
  }
  return pane.querySelector<HTMLElement>(focusable);
}
