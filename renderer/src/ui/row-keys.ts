export const noKeys: ReadonlySet<string> = new Set();

/** The keys with one added, or removed if it was included. */
export function toggleKey(keys: ReadonlySet<string>, key: string): ReadonlySet<string> {
  const next = new Set(keys);
  if (!next.delete(key)) next.add(key);
  return next;
}

/** The keys with all of these added, or removed if all were included. */
export function toggleKeys(keys: ReadonlySet<string>, some: readonly string[]): ReadonlySet<string> {
  if (some.every((key) => keys.has(key))) {
    const removed = new Set(some);
    return new Set([...keys].filter((key) => !removed.has(key)));
  }
  return new Set([...keys, ...some]);
}

/** The keys between two of them in the displayed order; null if one of them is not displayed. */
export function addRange(
  keys: ReadonlySet<string>,
  [from, to]: readonly [string, string],
  order: readonly string[]
): ReadonlySet<string> | null {
  const ends = [order.indexOf(from), order.indexOf(to)];
  const first = Math.min(...ends);
  return first < 0 ? null : new Set([...keys, ...order.slice(first, Math.max(...ends) + 1)]);
}
