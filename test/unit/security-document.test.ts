import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

const root = join(import.meta.dirname, '../..');
const rows = readFileSync(join(root, 'docs/security.md'), 'utf8')
  .split('\n')
  .map((line) => line.split('|').map((cell) => cell.trim()))
  .flatMap((cells) => {
    const at = cells.findIndex((cell) => /^test\/\S+\.ts$/.test(cell));
    return at === -1 ? [] : [{ promise: cells[1] ?? '', file: cells[at] ?? '', title: cells[at + 1] ?? '' }];
  });

describe('docs/security.md', () => {
  it('has the points of the checklist and our own promises', () => {
    expect(rows.length).toBeGreaterThanOrEqual(30);
  });

  it.each(rows)('names a test that exists: $promise', ({ file, title }) => {
    expect(existsSync(join(root, file))).toBe(true);
    expect(title).not.toBe('');
    expect(readFileSync(join(root, file), 'utf8')).toContain(title);
  });
});
