import type { CallInput, CallOutput } from '#contract/ipc/calls.ts';
import type { ChangeKind, TreeRow } from '#contract/schema/analysis-overview.ts';

/** One layer's version of a path; a removed one has no content. */
interface Version {
  layer: number;
  change: ChangeKind;
  sizeBytes: number;
}

interface Node {
  node: number;
  parent: number;
  name: string;
  children: number[];
  row: Pick<TreeRow, 'kind' | 'mode' | 'uid' | 'gid' | 'linkTarget' | 'mtimeSeconds'>;
  versions: Version[];
}

const newest = Date.now() / 1000;
const folder: Node['row'] = { kind: 'folder', mode: 0o755, uid: 0, gid: 0, linkTarget: '', mtimeSeconds: newest };
const root: Node = { node: 0, parent: -1, name: '', children: [], row: folder, versions: [] };
const nodes = [root];
const byPath = new Map([['', 0]]);

const nodeOf = (node: number): Node => nodes[node] ?? root;

function nodeAt(path: string): Node {
  const existing = nodes[byPath.get(path) ?? -1];
  if (existing) return existing;
  const slash = path.lastIndexOf('/');
  const parent = nodeAt(path.slice(0, slash));
  const made: Node = {
    node: nodes.length,
    parent: parent.node,
    name: path.slice(slash + 1),
    children: [],
    row: { ...folder, mtimeSeconds: newest - nodes.length * 7200 },
    versions: []
  };
  nodes.push(made);
  parent.children.push(made.node);
  byPath.set(path, made.node);
  return made;
}

function put(layer: number, path: string, sizeBytes: number, change: ChangeKind, row: Partial<Node['row']> = {}): void {
  const at = nodeAt(path);
  at.row = { ...at.row, kind: 'file', mode: 0o644, ...row };
  at.versions.push({ layer, change, sizeBytes });
}

put(0, '/bin', 0, 'added', { kind: 'symlink', mode: 0o777, linkTarget: 'usr/bin' });
put(0, '/usr/bin/bash', 1_180_000, 'added', { mode: 0o755 });
put(0, '/usr/bin/passwd', 68_200, 'added', { mode: 0o4755 });
put(0, '/usr/bin/perl', 3_900_000, 'added', { mode: 0o755 });
put(0, '/usr/bin/perl5.30.0', 0, 'added', { kind: 'hard-link', mode: 0o755, linkTarget: '/usr/bin/perl' });
put(0, '/usr/lib/x86_64-linux-gnu/libc-2.31.so', 2_030_000, 'added', { mode: 0o755 });
put(0, '/usr/lib/x86_64-linux-gnu/libc.so.6', 0, 'added', { kind: 'symlink', mode: 0o777, linkTarget: 'libc-2.31.so' });
put(0, '/usr/share/common-licenses/GPL-3', 35_149, 'added');
put(0, '/var/lib/dpkg/status', 81_000, 'added');
put(0, '/etc/shadow', 501, 'added', { mode: 0o640, gid: 42 });
for (let index = 0; index < 24; index++) {
  const name = `archive.ubuntu.com_ubuntu_dists_focal_main_binary-amd64_Packages.${index}.lz4`;
  put(1, `/var/lib/apt/lists/${name}`, 1_120_000 - index * 9000, 'added');
  put(4, `/var/lib/apt/lists/${name}`, 0, 'removed');
}
put(1, '/var/lib/dpkg/status', 84_000, 'modified');
put(2, '/usr/lib/gcc/x86_64-linux-gnu/9/cc1', 27_400_000, 'added', { mode: 0o755 });
put(2, '/usr/lib/gcc/x86_64-linux-gnu/9/cc1plus', 29_800_000, 'added', { mode: 0o755 });
put(2, '/usr/lib/gcc/x86_64-linux-gnu/9/lto1', 26_100_000, 'added', { mode: 0o755 });
put(2, '/usr/lib/gcc/x86_64-linux-gnu/9/liblto_plugin.so', 81_000, 'added');
put(2, '/usr/lib/x86_64-linux-gnu/libicudata.so.66.1', 27_900_000, 'added');
put(2, '/usr/lib/x86_64-linux-gnu/libLLVM-10.so.1', 33_400_000, 'added');
put(2, '/usr/bin/python3', 0, 'added', { kind: 'symlink', mode: 0o777, linkTarget: 'python3.8' });
put(2, '/usr/bin/python3.8', 5_490_000, 'added', { mode: 0o755 });
for (const name of ['gcc-9_9.4.0_amd64.deb', 'python3.8_3.8.10_amd64.deb', 'libicu66_66.1-2_amd64.deb']) {
  put(2, `/var/cache/apt/archives/${name}`, 13_600_000, 'added');
}
put(2, '/var/lib/dpkg/status', 412_000, 'modified');
for (let index = 0; index < 5000; index++) {
  const name = `frame-${String(index).padStart(4, '0')}.png`;
  put(2, `/opt/media/frames/${name}`, 700 + ((index * 7919) % 9000), 'added', { uid: 1000, gid: 1000 });
}
put(2, `/opt/media/${'a-very-very-long-name-'.repeat(8)}end.bin`, 120_000, 'added');
put(3, '/tmp/requirements.txt', 5, 'added');
for (const name of ['app', 'cli', 'config', 'ctx', 'helpers', 'json', 'sessions', 'views']) {
  const base = '/usr/local/lib/python3.8/dist-packages/flask';
  put(4, `${base}/${name}.py`, 21_000, 'added');
  put(4, `${base}/__pycache__/${name}.cpython-38.pyc`, 17_000, 'added');
}
put(5, '/opt/app.py', 325, 'added', { uid: 1000, gid: 1000 });

type Scope = CallInput<'analysis.rows'>['scope'];

/** The version of a path that is visible in a scope. */
function versionIn({ versions }: Node, scope: Scope): Version | undefined {
  if (scope.kind === 'layer') return versions.find(({ layer }) => layer === scope.layer);
  const last = versions.filter(({ layer }) => layer <= scope.layer).at(-1);
  return last?.change === 'removed' ? undefined : last;
}

/** The row of a path with the sums of everything below it that matches; null if nothing does. */
function rowOf(at: Node, scope: Scope, passes: (path: Node, version: Version) => boolean): TreeRow | null {
  const version = versionIn(at, scope);
  const below = at.children.flatMap((child) => rowOf(nodeOf(child), scope, passes) ?? []);
  if (below.length === 0 && (version === undefined || !passes(at, version))) return null;
  const isRemoved = version?.change === 'removed';
  const source = isRemoved ? at.versions.findLast(({ layer }) => layer < version.layer) : version;
  return {
    node: at.node,
    name: at.name,
    ...at.row,
    change: version?.change ?? 'unchanged',
    layer: version?.layer ?? Math.max(-1, ...below.map(({ layer }) => layer)),
    sizeBytes: (source?.sizeBytes ?? 0) + below.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0),
    fileCount: (version && !isRemoved ? 1 : 0) + below.reduce((sum, { fileCount }) => sum + fileCount, 0),
    hasChildren: below.length > 0
  };
}

const pathOf = ({ parent, name }: Node): string => (parent < 0 ? '' : `${pathOf(nodeOf(parent))}/${name}`);

const matchesQuery = (at: Node, query: string): boolean =>
  query.startsWith('*') ? at.name.endsWith(query.slice(1)) : pathOf(at).includes(query);

/** The children of a directory of the fake image. */
export function fakeRows(input: CallInput<'analysis.rows'>): CallOutput<'analysis.rows'> {
  const { scope, order, changes, query, start, limit } = input;
  const passes = (at: Node, { change }: Version): boolean =>
    (changes.length === 0 || changes.includes(change)) && (query === null || matchesQuery(at, query));
  const rows = nodeOf(input.folder).children.flatMap((child) => rowOf(nodeOf(child), scope, passes) ?? []);
  const value = { size: 'sizeBytes', modified: 'mtimeSeconds', files: 'fileCount' } as const;
  rows.sort((a, b) => (order === 'name' ? 0 : b[value[order]] - a[value[order]]) || (a.name < b.name ? -1 : 1));
  const found = query === null ? [] : nodes.filter((at) => at.versions.length > 0 && matchesQuery(at, query));
  const versions = found.flatMap((at) => at.versions);
  const sizeBytes = versions.reduce((sum, version) => sum + version.sizeBytes, 0);
  return {
    rows: rows.slice(start, start + limit),
    rowCount: rows.length,
    matched: query === null ? null : { fileCount: versions.length, sizeBytes }
  };
}

/** Details of one path of the fake image. */
export function fakePath({ layer, node }: CallInput<'analysis.path'>): CallOutput<'analysis.path'> {
  const at = nodeOf(node);
  const scope: Scope = layer < 0 ? { kind: 'merged', layer: 5 } : { kind: 'layer', layer };
  const row = rowOf(at, scope, () => true);
  const ancestors: number[] = [];
  for (let above = at.parent; above >= 0; above = nodes[above]?.parent ?? -1) ancestors.unshift(above);
  return {
    ...at.row,
    node,
    name: at.name,
    change: row?.change ?? 'unchanged',
    layer: row?.layer ?? -1,
    sizeBytes: row?.sizeBytes ?? 0,
    fileCount: row?.fileCount ?? 0,
    path: pathOf(at) || '/',
    ancestors,
    hiddenByLayer: layer < 0 ? null : (at.versions.find((version) => version.layer > layer)?.layer ?? null),
    versions: at.versions
  };
}

/** The number of a path of the fake image. */
export function nodeOfPath(path: string): number | null {
  return byPath.get(path === '/' ? '' : path) ?? null;
}
