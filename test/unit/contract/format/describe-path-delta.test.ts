import { describe, expect, test } from 'vitest';
import { describePathDelta } from '#contract/format/describe-path-delta.ts';
import type { PathChange } from '#contract/schema/comparison.ts';

const row = {
  sizes: [2_000_000, 5_000_000, null, 2_000_000, 2_000_000, 500_000],
  changes: ['same', 'grown', 'removed', 'same', 'content', 'shrunk'] satisfies PathChange[]
};

describe('a path of each image compared with the baseline', () => {
  test('differs by its bytes with their sign, or by its content', () => {
    const texts = row.sizes.map((_, image) => describePathDelta(row, image, 0)?.text ?? null);
    expect(texts).toEqual([null, '+3.0 MB', '−2.0 MB', null, 'different content', '−1.5 MB']);
  });

  test('differs by all of its bytes where the baseline does not have it', () => {
    const added = { sizes: [null, 7], changes: ['absent', 'added'] satisfies PathChange[] };
    expect(describePathDelta(added, 1, 0)).toEqual({ text: '+7 B', tone: 'bad' });
  });
});
