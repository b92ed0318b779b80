export const noKeys: ReadonlySet<string> = new Set();

/** Keys with one more, or one less where it was there. */
export function toggleKey(keys: ReadonlySet<string>, key: string): ReadonlySet<string> {
  const next = new Set(keys);
  if (!next.delete(key)) next.add(key);
  return next;
}

/** Keys with all of these, or without them where all were there. */
export function toggleKeys(keys: ReadonlySet<string>, some: readonly string[]): ReadonlySet<string> {
  if (some.every((key) => keys.has(key))) {
    const removed = new Set(some);
    return new Set([...keys].filter((key) => !removed.has(key)));
  }
  return new Set([...keys, ...some]);
}

/** Keys with all between two of them in the order that is shown; null where that does not have both. */
export function addRange(
  keys: ReadonlySet<string>,
  [from, to]: readonly [string, string],
  order: readonly string[]
): ReadonlySet<string> | null {
  const ends = [order.indexOf(from), order.indexOf(to)];
  const first = Math.min(...ends);
  return first < 0 ? null : new Set([...keys, ...order.slice(first, Math.max(...ends) + 1)]);
}
