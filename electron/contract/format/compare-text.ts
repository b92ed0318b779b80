import { locale } from './locale.ts';

const collator = new Intl.Collator(locale, { numeric: true });

/** Sorts texts for people: numbers in them by value, so that 1.10 comes after 1.9. */
export function compareText(a: string, b: string): number {
  return collator.compare(a, b);
}
