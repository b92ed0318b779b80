import { describe, expect, test } from 'vitest';
import type { ComparedPackage, PackageKind } from '#contract/schema/comparison.ts';
import {
  defaultPackageSort,
  isDifferent,
  listPackages,
  type ShownPackages
} from '../../../../../renderer/src/features/compare/list-packages.ts';

type Cell = [version: string, ownedBytes: number | null] | null;

function row(kind: PackageKind, name: string, ...cells: Cell[]): ComparedPackage {
  const images = cells.map((cell) => cell && { versions: [cell[0]], ownedBytes: cell[1] });
  return { kind, name, images, isSame: false };
}

const rows = [
  row('dpkg', 'lib10', ['1', 5], ['1', 5]),
  row('dpkg', 'lib9', ['1', 100], ['2', 90]),
  row('npm', 'express', ['4.18', null], ['4.19', null]),
  row('pip', 'Flask', null, ['2', 40]),
  row('apk', 'same-version', ['1', 7], ['1', 6])
];
const all: ShownPackages = { kind: 'all', shown: 'all', query: '', sort: defaultPackageSort('name') };
const names = (more: Partial<ShownPackages>, baseline = 0): string[] =>
  listPackages(rows, baseline, { ...all, ...more }).map(({ name }) => name);

describe('the filtered packages', () => {
  test('are sorted by name with numeric order, or by bytes, with unknown values last', () => {
    expect(names({})).toEqual(['express', 'Flask', 'lib9', 'lib10', 'same-version']);
    expect(names({ sort: { column: 'name', descending: true } })[0]).toBe('same-version');
    expect(names({ sort: defaultPackageSort('difference') })).toEqual([
      'Flask',
      'lib9',
      'same-version',
      'lib10',
      'express'
    ]);
    expect(names({ sort: defaultPackageSort(0) })).toEqual(['lib9', 'same-version', 'lib10', 'express', 'Flask']);
  });

  test('are those that differ from the baseline in version, presence or bytes', () => {
    expect(names({ shown: 'differences' })).toEqual(['express', 'Flask', 'lib9', 'same-version']);
    const three = row('npm', 'a', ['1', 1], ['1', 1], null);
    expect([0, 2].map((baseline) => isDifferent(three, baseline))).toEqual([true, true]);
    expect(isDifferent(row('npm', 'a', null, null), 0)).toBe(false);
  });

  test('are of one kind, and contain every word in their name or versions', () => {
    expect(names({ kind: 'npm' })).toEqual(['express']);
    expect(names({ query: ' LIB ' })).toEqual(['lib9', 'lib10']);
    expect(names({ query: 'expr 4.19' })).toEqual(['express']);
    expect(names({ query: 'expr 5' })).toEqual([]);
  });
});
