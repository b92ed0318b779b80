/** Which rows are selected, by key, through filters and new lists. */
export class RowSelection {
  keys = $state.raw<ReadonlySet<string>>(new Set());
  /** Where a range begins. */
  #anchor: string | null = null;

  has(key: string): boolean {
    return this.keys.has(key);
  }

  toggle(key: string): void {
    this.#anchor = key;
    const keys = new Set(this.keys);
    if (!keys.delete(key)) keys.add(key);
    this.keys = keys;
  }

  /** Selects all from where the last one was toggled up to this one, in the order that is shown. */
  extendTo(key: string, order: readonly string[]): void {
    const from = this.#anchor === null ? -1 : order.indexOf(this.#anchor);
    const to = order.indexOf(key);
    if (from < 0 || to < 0) {
      if (!this.has(key)) this.toggle(key);
      this.#anchor = key;
      return;
    }
    this.keys = new Set([...this.keys, ...order.slice(Math.min(from, to), Math.max(from, to) + 1)]);
  }

  /** Selects all of these, or none of them where all are selected. */
  toggleAll(keys: readonly string[]): void {
    const all = keys.every((key) => this.has(key));
    const next = new Set(this.keys);
    for (const key of keys) {
      if (all) next.delete(key);
      else next.add(key);
    }
    this.keys = next;
  }

  clear(): void {
    this.keys = new Set();
    this.#anchor = null;
  }
}
