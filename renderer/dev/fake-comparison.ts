import type { CallInput, CallOutput } from '#contract/ipc/calls.ts';
import type { ComparedRow } from '#contract/schema/comparison.ts';
import type { DifferenceCell } from '#contract/schema/difference-cells.ts';
import type { FileCell } from '#contract/schema/analysis-overview.ts';
import { fakeCells } from './fake-analysis.ts';
import { imageDetail } from './fake-data.ts';

/** Which of the fake image's cells each compared image has: all, a slim build's, only Python's. */
const filters: ((cell: FileCell) => boolean)[] = [
  () => true,
  ({ path }) => !/gcc|include|archives|lists|doc$/.test(path),
  ({ layer, path }) => layer === 2 && path.endsWith('python3')
];

function cellsOf(image: number): FileCell[] {
  const { cells } = fakeCells({
    analysisId: 'fake-analysis',
    focus: { layer: -1, node: 0 },
    minShare: 0,
    splitShare: 0,
    query: null
  });
  const filter = filters[image % filters.length] ?? (() => true);
  const visible = cells.map((cell) => (cell.kind === 'folder' && !filter(cell) ? { ...cell, sizeBytes: 0 } : cell));
  return visible.map((cell, index) => {
    if (cell.kind === 'folder') return { ...cell, sizeBytes: cell.sizeBytes };
    const isInside = (at: number): boolean => at === index || (at >= 0 && isInside(visible[at]?.parent ?? -1));
    const inside = visible.filter((each) => each.kind === 'folder' && isInside(each.parent));
    return { ...cell, sizeBytes: inside.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0) };
  });
}

/** Compared images, made from the one fake image. */
export class FakeComparison {
  #count = 2;

  start(sources: CallInput<'comparison.start'>['sources']): void {
    this.#count = sources.length;
  }

  /** The remembered comparison of this many images; null for none. */
  recall(imageCount: number): CallOutput<'comparison.recall'> {
    if (imageCount === 0) return null;
    const images = Array.from({ length: imageCount }, (_, index) => ({
      source: { kind: 'engine' as const, image: `shop-api:1.8.${index}`, buildId: null, engineId: null },
      name: index === 0 ? 'wisnuanggoro/simple-flask-web:latest' : `shop-api:1.8.${index}`,
      chip: null,
      builtAt: index === 1 ? Date.now() - 9 * 60_000 : null
    }));
    return { images, baseline: 0 };
  }

  packages(): CallOutput<'comparison.packages'> {
    const rows = (['python3', 'libc6', 'gcc-12'] as const).map((name, at) => ({
      kind: 'dpkg' as const,
      name,
      images: this.#images().map((image) =>
        at === 2 && image > 0
          ? null
          : { versions: [`${at + 2}.${image === 0 || at !== 0 ? 1 : 2}-1`], ownedBytes: (at + 1) * 9_400_000 }
      ),
      isSame: at === 1
    }));
    const totals = this.#images().map((image) => ({
      count: image === 0 ? 3 : 2,
      ownedBytes: image === 0 ? 56_400_000 : 28_200_000
    }));
    const images = [...this.#images().keys()];
    return { images, rows, leftOutCount: 0, totals: [{ kind: 'dpkg', images: totals }], unread: [] };
  }

  overview({ baseline }: CallInput<'comparison.overview'>): CallOutput<'comparison.overview'> {
    const cells = this.#images().map(cellsOf);
    const sizes = cells.map(([image]) => image?.sizeBytes ?? 0);
    return {
      images: sizes.map((sizeBytes) => ({
        source: { kind: 'engine', name: 'simple-flask-web' },
        remote: null,
        detail: { ...imageDetail, sizeBytes },
        fileCount: 21_480,
        hiddenBytes: 0,
        sameAs: null
      })),
      layers: imageDetail.history.flatMap(({ layerIndex, instruction }) => {
        if (layerIndex === null) return [];
        const layers = cells.map((of) => {
          const own = of.find(({ kind, layer }) => kind === 'layer' && layer === layerIndex);
          return own && own.sizeBytes > 0
            ? { index: layerIndex, diffId: `${layerIndex}`, sizeBytes: own.sizeBytes, compressedBytes: null }
            : null;
        });
        const sharedBy = layerIndex === 0 ? layers.flatMap((layer, image) => (layer === null ? [] : [image])) : [];
        return [{ command: instruction, layers, sharedBy }];
      }),
      totals: {
        sizes,
        deltas: sizes.map((size) => size - (sizes[baseline] ?? 0)),
        togetherBytes: sizes.reduce((sum, size) => sum + size, 0) - 72_900_000,
        sharedByAllBytes: 0
      },
      filesBaseline: baseline,
      changedCount: 12_480,
      changedSettingCount: 2
    };
  }

  cells({ image }: CallInput<'comparison.cells'>): CallOutput<'comparison.cells'> {
    return { cells: cellsOf(image) };
  }

  differences({ baseline, image }: CallInput<'comparison.differences'>): CallOutput<'comparison.differences'> {
    const [before, after] = [cellsOf(baseline), cellsOf(image)];
    const paths = after.flatMap((cell, index) => (cell.kind === 'folder' ? [{ cell, was: before[index] }] : []));
    const differing = paths.map(({ cell, was }, index): DifferenceCell => {
      const delta = cell.sizeBytes - (was?.sizeBytes ?? 0);
      return {
        parent: 0,
        kind: 'file',
        node: index + 1,
        path: cell.path,
        sizeBytes: Math.abs(delta),
        moreBytes: Math.max(0, delta),
        fewerBytes: Math.max(0, -delta),
        beforeBytes: was?.sizeBytes ?? null,
        afterBytes: cell.sizeBytes,
        change: delta < 0 ? 'removed' : 'added',
        fileCount: 1,
        itemCount: 0
      };
    });
    const cells = differing.filter(({ sizeBytes }) => sizeBytes > 0);
    const sum = (of: 'sizeBytes' | 'moreBytes' | 'fewerBytes'): number =>
      cells.reduce((total, cell) => total + cell[of], 0);
    const totals = { sizeBytes: sum('sizeBytes'), moreBytes: sum('moreBytes'), fewerBytes: sum('fewerBytes') };
    const [first] = differing;
    if (first) cells.unshift({ ...first, ...totals, parent: -1, kind: 'folder', node: 0, path: '' });
    return { cells, crumbs: [{ node: 0, name: '' }], moreBytes: totals.moreBytes, fewerBytes: totals.fewerBytes };
  }

  rows({ baseline, folder, changes }: CallInput<'comparison.rows'>): CallOutput<'comparison.rows'> {
    if (folder !== 0) return { rows: [], rowCount: 0 };
    const cells = this.#images().map(cellsOf);
    const paths = (cells[0] ?? []).flatMap((cell, index) => (cell.kind === 'folder' ? [index] : []));
    const rows = paths.map((at, index): ComparedRow => {
      const sizes = cells.map((of) => (of[at]?.sizeBytes === 0 ? null : (of[at]?.sizeBytes ?? null)));
      const before = sizes[baseline] ?? null;
      return {
        node: index + 1,
        name: (cells[0]?.[at]?.path ?? '').slice(1),
        isFolder: false,
        sizes,
        changes: sizes.map((size) => (size === before ? 'same' : size === null ? 'removed' : 'added')),
        differenceBytes: Math.max(...sizes.map((size) => Math.abs((size ?? 0) - (before ?? 0)))),
        changedCount: 1
      };
    });
    const shown = rows
      .filter((row) => row.differenceBytes > 0)
      .filter((row) => changes.length === 0 || row.changes.some((each) => changes.some((change) => change === each)))
      .sort((a, b) => b.differenceBytes - a.differenceBytes);
    return { rows: shown, rowCount: shown.length };
  }

  settings({ reveal }: CallInput<'comparison.settings'>): CallOutput<'comparison.settings'> {
    const set = (value: string | null): (string | null)[] =>
      this.#images().map((image) => (image === 0 ? value : null));
    const both = (value: string): string[] => this.#images().map(() => value);
    return [
      { field: 'platform', key: '', values: both('linux/amd64'), isSame: true, isMasked: false },
      { field: 'env', key: 'PATH', values: both('/usr/local/bin:/usr/bin:/bin'), isSame: true, isMasked: false },
      {
        field: 'env',
        key: 'API_TOKEN',
        values: set(reveal ? 'fake-value' : '••••••••'),
        isSame: false,
        isMasked: !reveal
      },
      { field: 'ports', key: '8080/tcp', values: set('8080/tcp'), isSame: false, isMasked: false }
    ];
  }

  #images(): number[] {
    return Array.from({ length: this.#count }, (_, image) => image);
  }
}
