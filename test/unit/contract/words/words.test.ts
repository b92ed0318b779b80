import { describe, expect, it } from 'vitest';
import { words } from '#contract/words/words.ts';
import { renderTexts } from './render-texts.ts';

const texts = renderTexts();

describe('every text of the catalog', () => {
  it('renders without a hole', () => {
    const broken = texts.filter(({ text }) => /undefined|NaN|null|\[object|=>/.test(text));
    expect(broken).toEqual([]);
  });

  it('is empty only where nothing is to be shown', () => {
    const empty = texts.filter(({ text }) => text.trim() === '');
    expect(new Set(empty.map(({ path }) => path))).toEqual(
      new Set([
        'compare.files.changes.absent',
        'compare.packages.changes.absent',
        'layers.evidence.exact',
        'push.sizes.unknown',
        'push.sizesHint.unknown'
      ])
    );
  });
});

describe('texts with counts', () => {
  it('take the singular for one, and group the digits of many', () => {
    expect(words.files.matched(1, '5 B')).toBe('1 file · 5 B matches');
    expect(words.files.matched(12_345, '5 B')).toBe('12,345 files · 5 B match');
    expect(words.images.removal.untagged(1)).toBe('Untag only: 1 other tag keeps the image');
    expect(words.images.removal.untagged(2)).toBe('Untag only: 2 other tags keep the image');
    expect(words.images.removal.confirm({ images: 1, tags: 1 })).toBe('Remove 1 image and 1 tag');
    expect(words.images.removal.title({ images: 0, tags: 2 })).toBe('Remove 2 tags?');
    expect(words.images.removal.done({ images: 3, tags: 0 })).toBe('Removed 3 images');
    expect(words.app.quit.titleOfMany(2)).toBe('2 jobs are running');
    expect(words.build.internalSteps(3)).toBe('Builder internals · 3 steps');
    expect(words.time.monthsAgo(1)).toBe('1 month ago');
  });
});
