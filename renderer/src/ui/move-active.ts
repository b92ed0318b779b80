/** Where a key moves the active row of a list; null for keys that do not move. `page` is how many rows a page has. */
export function moveActive(key: string, active: number, count: number, page: number): number | null {
  const step = Math.max(1, page);
  const target = {
    ArrowDown: active + 1,
    ArrowUp: active - 1,
    PageDown: active + step,
    PageUp: active - step,
    Home: 0,
    End: count - 1
  }[key];
  return target === undefined ? null : Math.max(0, Math.min(count - 1, target));
}
