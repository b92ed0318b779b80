import { expect } from 'vitest';

/** The names of all elements; throws if one is not closed, or for a "<" that starts no tag. */
export function elementsOf(text: string): Set<string> {
  const open: string[] = [];
  const seen = new Set<string>();
  for (const [, at] of text.matchAll(/<(?!!doctype html>)([^<>]*>?)/g)) {
    const [, end, name = '', rest = ''] = /^(\/?)([A-Za-z][\w]*)([^<>]*)>$/.exec(at ?? '') ?? [];
    if (name === '') throw new Error(`No element: <${at ?? ''}`);
    seen.add(name);
    if (end === '/') expect(open.pop()).toBe(name);
    else if (!rest.endsWith('/') && name !== 'meta' && name !== 'br') open.push(name);
  }
  expect(open).toEqual([]);
  return seen;
}
