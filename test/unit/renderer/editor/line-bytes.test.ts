import { expect, test } from 'vitest';
import { sumLineBytes } from '../../../../renderer/src/editor/line-bytes.ts';
import { historyRow } from '../layers/history-row.ts';

const history = [
  historyRow({ origin: 'base', sizeBytes: 70 }),
  historyRow({ origin: 'base', sizeBytes: 3 }),
  historyRow({ origin: 'run', sizeBytes: 300, line: 4 }),
  historyRow({ origin: 'copy', sizeBytes: 5, line: 4 }),
  historyRow({ origin: 'other', sizeBytes: 0, line: 6 }),
  historyRow({ origin: 'run', sizeBytes: 9 })
];

test('sums the rows of a line, and puts the base at its FROM', () => {
  expect(sumLineBytes({ history }, 2)).toEqual([
    { line: 2, sizeBytes: 73, origin: 'base' },
    { line: 4, sizeBytes: 305, origin: 'run' },
    { line: 6, sizeBytes: 0, origin: 'other' }
  ]);
});

test('leaves the base out where its FROM is not known', () => {
  expect(sumLineBytes({ history }, null).map((line) => line.line)).toEqual([4, 6]);
});
