import { locale } from './locale.ts';

/** Joins texts as in a sentence: "dpkg, apk, and npm", or with type "disjunction": "dpkg, apk, or npm". */
export function formatList(texts: readonly string[], type: 'conjunction' | 'disjunction' = 'conjunction'): string {
  return new Intl.ListFormat(locale, { type }).format(texts);
}
