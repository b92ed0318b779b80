import { expect, test } from 'vitest';
import { labelInstruction, toLayerCells } from '../../../../renderer/src/layers/layer-cells.ts';
import { writeHistory } from '../../../../renderer/src/layers/history-text.ts';
import { historyRow } from './history-row.ts';

test('counts what has no bytes instead of drawing it, and sums what is whose', () => {
  const cells = toLayerCells({
    history: [
      historyRow({ origin: 'base', sizeBytes: 70 }),
      historyRow({ origin: 'base', sizeBytes: 0 }),
      historyRow({ origin: 'run', sizeBytes: 300, layerIndex: 1, line: 4 }),
      historyRow({ origin: 'copy', sizeBytes: 5, layerIndex: 2, line: 5 }),
      historyRow({ origin: 'other', sizeBytes: 0 })
    ]
  });
  expect(cells).toMatchObject({ ownBytes: 305, baseBytes: 70, emptyCount: 2 });
  expect(cells.own.map((cell) => [cell.layerIndex, cell.line])).toEqual([
    [1, 4],
    [2, 5]
  ]);
});

test('labels a RUN by its command, also over several lines and with mounts', () => {
  expect(labelInstruction('RUN apt-get update')).toBe('apt-get update');
  expect(labelInstruction('RUN --mount=type=cache,target=/root/.cache --network=none pip install \\\n    flask')).toBe(
    'pip install flask'
  );
  expect(labelInstruction('COPY app.py /opt/app.py')).toBe('COPY app.py /opt/app.py');
});

test('falls back to what the engine told when the instruction is not known', () => {
  const cells = toLayerCells({ history: [historyRow({ instruction: '', createdBy: 'bazel build', sizeBytes: 1 })] });
  expect(cells.own[0]?.label).toBe('bazel build');
});

test('copies rows as tab-separated lines that cannot be torn', () => {
  const rows = [
    historyRow({ createdBy: 'RUN a\t&& b\nc', sizeBytes: 12, createdAt: 0, line: 3 }),
    historyRow({ createdBy: 'CMD ["sh"]' })
  ];
  expect(writeHistory(rows)).toBe('RUN a && b c\t12\t1970-01-01T00:00:00.000Z\t3\nCMD ["sh"]\t0\t\t');
});
