/** Sorts names by the bytes of their UTF-8, in place, as BuildKit wants them. */
export function sortNames(names: string[]): string[] {
  // JavaScript's own order differs only where it compares halves of surrogate pairs.
  if (!names.some((name) => /[\uD800-\uDFFF]/.test(name))) return names.sort();
  return names.sort((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)));
}
