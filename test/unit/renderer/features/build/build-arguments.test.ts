import { expect, test } from 'vitest';
import {
  findArgumentFault,
  toArgumentRows,
  toBuildArguments
} from '../../../../../renderer/src/features/build/build-arguments.ts';

test('sends the rows with a valid name, each name once, including empty values', () => {
  const rows = [
    { id: 0, name: 'VERSION', value: '1=2' },
    { id: 1, name: '', value: '' },
    { id: 2, name: 'EMPTY', value: '' },
    { id: 3, name: 'VERSION', value: 'again' },
    { id: 4, name: '1bad', value: 'x' }
  ];
  expect(toBuildArguments(rows)).toEqual({ VERSION: '1=2', EMPTY: '' });
  expect(rows.map((row) => findArgumentFault(row, rows))).toEqual([null, null, null, 'twice', 'bad-name']);
});

test('reports a value without a name', () => {
  const row = { id: 0, name: '', value: 'x' };
  expect(findArgumentFault(row, [row])).toBe('bad-name');
});

test('is restored from saved arguments', () => {
  expect(toBuildArguments(toArgumentRows({ A: '1', B: '' }))).toEqual({ A: '1', B: '' });
});
