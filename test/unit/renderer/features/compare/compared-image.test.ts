import { describe, expect, test } from 'vitest';
import {
  comparedFromArchive,
  comparedFromReference,
  shortenImageName
} from '../../../../../renderer/src/features/compare/compared-image.ts';

const id = `sha256:${'0123456789ab'.repeat(6).slice(0, 64)}`;
const archive = comparedFromArchive({ archiveId: 'archive-1', name: 'slim.tar' });
const build = (chip: string) => ({ ...comparedFromReference('shop/api:1', null), chip, builtAt: 1 });

describe('the header of a column', () => {
  const over = (...images: Parameters<typeof shortenImageName>[0][]) =>
    images.map((image) => shortenImageName(image, images));

  test('is the end of a name, however long its start', () => {
    const names = over(
      comparedFromReference(`registry.example.org:5000/${'team/'.repeat(9)}api:1`, null),
      comparedFromReference('redis', null)
    );
    expect(names).toEqual(['api:1', 'redis']);
  });

  test('is the full name if another one has the same end', () => {
    expect(over(comparedFromReference('a/api:1', null), comparedFromReference('b/api:1', null))).toEqual([
      'a/api:1',
      'b/api:1'
    ]);
  });

  test('is the time of a build that has the same name as another', () => {
    expect(over(build('build · 10:21'), build('build · 10:24'))).toEqual(['build · 10:21', 'build · 10:24']);
  });

  test('is the name, not the kind, of an archive and of an image without a tag', () => {
    expect(over(archive, comparedFromReference(id, null), comparedFromReference('shop/api:1', null))).toEqual([
      'slim.tar',
      '0123456789ab',
      'api:1'
    ]);
  });
});
