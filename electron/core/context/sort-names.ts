/** Sorts an array of names by their UTF-8 bytes, the order that BuildKit requires. */
export function sortNames(names: string[]): string[] {
  // JavaScript's default order differs only for surrogate pairs.
  if (!names.some((name) => /[\uD800-\uDFFF]/.test(name))) return names.sort();
  return names.sort((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)));
}
