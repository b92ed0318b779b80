import type { CallInput, CallOutput } from '#contract/ipc/calls.ts';
import type { FileKind } from '#contract/domain/file-kinds.ts';
import type { AnalyzedLayer } from '#contract/schema/analysis.ts';
import type { ChangeKind, FileCell } from '#contract/schema/analysis-overview.ts';
import { imageDetail } from './fake-data.ts';
import { nodeOfPath } from './fake-tree.ts';

/** layer, path, bytes, kind, change; hidden if the size is negative. */
const files: [number, string, number, FileKind, ChangeKind][] = [
  [0, '/usr/lib/x86_64-linux-gnu', 31_200_000, 'library', 'added'],
  [0, '/usr/bin', 14_800_000, 'program', 'added'],
  [0, '/usr/share', 9_600_000, 'documentation', 'added'],
  [0, '/usr/lib/systemd', 8_100_000, 'library', 'added'],
  [0, '/var/lib', 5_200_000, 'data', 'added'],
  [0, '/etc', 4_000_000, 'data', 'added'],
  [1, '/var/lib/apt/lists', -26_900_000, 'cache', 'added'],
  [1, '/var/lib/dpkg', 200_000, 'data', 'modified'],
  [2, '/usr/lib/gcc', 92_400_000, 'program', 'added'],
  [2, '/usr/lib/x86_64-linux-gnu', 61_300_000, 'library', 'added'],
  [2, '/usr/lib/python3', 48_900_000, 'source', 'added'],
  [2, '/var/cache/apt/archives', 41_000_000, 'cache', 'added'],
  [2, '/usr/lib/python3.8', 27_500_000, 'source', 'added'],
  [2, '/usr/include', 19_800_000, 'source', 'added'],
  [2, '/usr/share/doc', 11_300_000, 'documentation', 'added'],
  [2, '/usr/bin', 8_100_000, 'program', 'added'],
  [2, '/opt/media', 3_700_000, 'media', 'added'],
  [3, '/tmp/requirements.txt', 5, 'documentation', 'added'],
  [4, '/usr/local/lib/python3.8', 4_400_000, 'source', 'added'],
  [5, '/opt/app.py', 325, 'source', 'added']
];

const layerSizes = [72_900_000, 27_100_000, 314_000_000, 5, 4_400_000, 325];

const layers: AnalyzedLayer[] = layerSizes.map((sizeBytes, index) => {
  const row = imageDetail.history.find(({ layerIndex }) => layerIndex === index);
  return {
    index,
    diffId: row?.diffId ?? '',
    digest: null,
    command: row?.instruction ?? '',
    createdBy: row?.createdBy ?? '',
    compression: 'none',
    sizeBytes,
    storedBytes: sizeBytes,
    added: 1200,
    modified: index === 0 ? 0 : 14,
    removed: index === 4 ? 3 : 0,
    unchanged: 40,
    addedFiles: 1100,
    modifiedFiles: 12,
    removedFiles: 3,
    hiddenBytes: 0
  };
});

export const overview: CallOutput<'analysis.overview'> = {
  report: {
    schemaVersion: 1,
    source: { kind: 'engine', name: 'simple-flask-web' },
    tags: imageDetail.tags,
    platform: 'linux/amd64',
    imageId: imageDetail.id,
    configDigest: null,
    manifestDigest: null,
    imageSizeBytes: imageDetail.sizeBytes,
    userSizeBytes: 345_500_330,
    wastedBytes: 69_300_000,
    wastedUserFraction: 0.2,
    efficiency: 0.897,
    fileCount: 21_480,
    hiddenBytes: 26_900_000,
    removableBytes: 42_200_005,
    entryCount: 24_012,
    rules: [
      { rule: 'lowestEfficiency', outcome: 'failed', threshold: 0.9, actual: 0.897 },
      { rule: 'highestWastedBytes', outcome: 'disabled', threshold: null, actual: 69_300_000 },
      { rule: 'highestUserWastedPercent', outcome: 'passed', threshold: 0.25, actual: 0.2 }
    ]
  },
  layers,
  image: imageDetail,
  choices: [],
  inefficientPaths: [
    { path: '/var/cache/apt/archives', times: 2, sizeBytes: 41_000_000, layers: [2, 4] },
    { path: '/var/lib/apt/lists', times: 2, sizeBytes: 26_900_000, layers: [1, 4] },
    { path: '/var/lib/dpkg/status', times: 3, sizeBytes: 1_400_000, layers: [0, 1, 2] },
    ...Array.from({ length: 997 }, (_, index) => ({
      path: `/usr/share/doc/package-${index}/changelog.Debian.gz`,
      times: 2,
      sizeBytes: 990_000 - index * 900,
      layers: [0, 2]
    }))
  ],
  inefficientPathCount: 1214,
  savings: [
    {
      ruleId: 'apt-cache',
      sizeBytes: 41_000_000,
      fileCount: 84,
      pathCount: 1,
      paths: [{ path: '/var/cache/apt', layer: 2, sizeBytes: 41_000_000, fileCount: 84 }]
    },
    {
      ruleId: 'pip-cache',
      sizeBytes: 1_200_000,
      fileCount: 12,
      pathCount: 1,
      paths: [{ path: '/root/.cache/pip', layer: 4, sizeBytes: 1_200_000, fileCount: 12 }]
    },
    {
      ruleId: 'temporary-files',
      sizeBytes: 5,
      fileCount: 1,
      pathCount: 1,
      paths: [{ path: '/tmp', layer: 3, sizeBytes: 5, fileCount: 1 }]
    }
  ],
  rulesError: null,
  rulesFrom: 'project'
};

/** The cells of the fake image; a focus shows its layer. */
export function fakeCells({ focus, query }: CallInput<'analysis.cells'>): CallOutput<'analysis.cells'> {
  const cells: FileCell[] = [];
  const push = (cell: Partial<FileCell>): number =>
    cells.push({
      parent: -1,
      kind: 'image',
      layer: -1,
      node: 0,
      path: '',
      sizeBytes: 0,
      hiddenBytes: 0,
      removableBytes: 0,
      matchedBytes: 0,
      fileCount: 900,
      itemCount: 0,
      change: 'added',
      fileKind: 'other',
      mtimeSeconds: Date.now() / 1000,
      mode: 0o755,
      uid: 0,
      gid: 0,
      ...cell
    }) - 1;
  const image = focus.layer < 0 ? push({ sizeBytes: imageDetail.sizeBytes, matchedBytes: imageDetail.sizeBytes }) : -1;
  layerSizes.forEach((sizeBytes, layer) => {
    if (focus.layer >= 0 && focus.layer !== layer) return;
    const parent = push({ kind: 'layer', layer, parent: image, sizeBytes, matchedBytes: sizeBytes });
    files.forEach(([of, path, bytes, fileKind, change]) => {
      if (of !== layer) return;
      const size = Math.abs(bytes);
      const matchedBytes = query === null || path.includes(query) ? size : 0;
      const hiddenBytes = bytes < 0 ? size : 0;
      const removableBytes = /^\/(var\/cache\/apt|tmp)/.test(path) ? size : 0;
      push({
        kind: 'folder',
        parent,
        layer,
        node: nodeOfPath(path) ?? 0,
        path,
        sizeBytes: size,
        hiddenBytes,
        removableBytes,
        matchedBytes,
        fileKind,
        change
      });
    });
  });
  return { cells, crumbs: [], matched: query === null ? null : { fileCount: 12, sizeBytes: 1_000_000 } };
}
