import { expect, test } from 'vitest';
import { sumLineBytes } from '../../../../../renderer/src/features/editor/sum-line-bytes.ts';
import { historyRow } from '../analysis/history-row.ts';

const history = [
  historyRow({ origin: 'base', sizeBytes: 70 }),
  historyRow({ origin: 'base', sizeBytes: 3 }),
  historyRow({ origin: 'run', sizeBytes: 300, line: 4 }),
  historyRow({ origin: 'copy', sizeBytes: 5, line: 4 }),
  historyRow({ origin: 'other', sizeBytes: 0, line: 6 }),
  historyRow({ origin: 'run', sizeBytes: 9 })
];

test('sums the rows of a line, and counts the base for its FROM', () => {
  const untimed = { durationMs: null, isCached: false };
  expect(sumLineBytes({ history, baseLine: 2 }, [])).toEqual([
    { line: 2, sizeBytes: 73, origin: 'base', ...untimed },
    { line: 4, sizeBytes: 305, origin: 'run', ...untimed },
    { line: 6, sizeBytes: 0, origin: 'other', ...untimed }
  ]);
});

test('omits the base if its FROM is not known', () => {
  expect(sumLineBytes({ history, baseLine: null }, []).map((line) => line.line)).toEqual([4, 6]);
});

test('reports the duration of a line, and whether it was completely cached', () => {
  const step = { startedAt: 1000, completedAt: 3000 };
  const steps = [
    { line: 2, status: 'cached' as const, startedAt: null, completedAt: null },
    { line: 4, status: 'done' as const, ...step },
    { line: 4, status: 'cached' as const, startedAt: 5000, completedAt: 5500 }
  ];
  expect(
    sumLineBytes({ history, baseLine: 2 }, steps).map(({ line, durationMs, isCached }) => [line, durationMs, isCached])
  ).toEqual([
    [2, null, true],
    [4, 2500, false],
    [6, null, false]
  ]);
});
