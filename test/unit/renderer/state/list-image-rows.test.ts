import { describe, expect, it } from 'vitest';
import { filterImageRows, listImageRows } from '../../../../renderer/src/state/list-image-rows.ts';

const id = (digit: string): string => `sha256:${digit.repeat(64)}`;
const rows = listImageRows([
  { id: id('a'), tags: ['shop/api:1.8', 'localhost:5000/shop/api:1.8'], sizeBytes: 5, createdAt: 10 },
  { id: id('b'), tags: [], sizeBytes: 7, createdAt: 20 },
  { id: id('c'), tags: ['localhost:5000/plain'], sizeBytes: 7, createdAt: 5 }
]);

describe('listImageRows', () => {
  it('has a row for each name, newest first, and one for an untagged image', () => {
    expect(rows.map((row) => [row.repository, row.tag])).toEqual([
      [null, null],
      ['localhost:5000/shop/api', '1.8'],
      ['shop/api', '1.8'],
      ['localhost:5000/plain', null]
    ]);
    expect(new Set(rows.map((row) => row.key)).size).toBe(rows.length);
  });

  it('refers to an untagged image by its id', () => {
    expect(rows[0]?.reference).toBe(id('b'));
    expect(rows[0]?.shortId).toBe('b'.repeat(12));
  });
});

describe('filterImageRows', () => {
  it('requires every word in name, tag or id', () => {
    expect(filterImageRows(rows, ' API 1.8 ')).toHaveLength(2);
    expect(filterImageRows(rows, 'shop bbbb')).toHaveLength(0);
    expect(filterImageRows(rows, 'bbbb')).toHaveLength(1);
    expect(filterImageRows(rows, '  ')).toBe(rows);
  });
});

it('a name by digest is split into the repository and the digest', () => {
  const name = `localhost:5000/plain@sha256:${'d'.repeat(64)}`;
  const [row] = listImageRows([{ id: id('c'), tags: [name], sizeBytes: 7, createdAt: 5 }]);
  expect(row).toMatchObject({
    repository: 'localhost:5000/plain',
    tag: null,
    digest: `sha256:${'d'.repeat(64)}`,
    reference: name
  });
});
