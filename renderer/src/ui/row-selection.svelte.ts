import { addRange, noKeys, toggleKey, toggleKeys } from './row-keys.ts';

/** The selected rows by key, kept across filters and new lists. */
export class RowSelection {
  keys = $state.raw(noKeys);
  /** The start of a range. */
  #anchor: string | null = null;

  has(key: string): boolean {
    return this.keys.has(key);
  }

  toggle(key: string): void {
    this.#anchor = key;
    this.keys = toggleKey(this.keys, key);
  }

  /** Selects the range from the last toggled row to this one, in the displayed order. */
  extendTo(key: string, order: readonly string[]): void {
    const range = this.#anchor === null ? null : addRange(this.keys, [this.#anchor, key], order);
    if (range === null && !this.has(key)) this.keys = toggleKey(this.keys, key);
    if (range === null) this.#anchor = key;
    else this.keys = range;
  }

  /** Selects all of these, or deselects them if all are selected. */
  toggleAll(keys: readonly string[]): void {
    this.keys = toggleKeys(this.keys, keys);
  }

  clear(): void {
    this.keys = noKeys;
    this.#anchor = null;
  }
}
