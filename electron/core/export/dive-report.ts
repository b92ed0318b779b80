import type { ImageAnalysis } from '../analysis/describe-analysis.ts';
import { nodeKinds, type NodeKind } from '#contract/domain/node-kinds.ts';
import { WHITEOUT_META, pathOf, type LayerTable } from '../filetree/layer-table.ts';
import { childrenOf, listChildren } from '../filetree/path-trie.ts';
import { compareNames } from '../tar/compare-names.ts';
import { displayName } from '../tar/tar-fields.ts';

interface DiveFile {
  path: string;
  typeFlag: number;
  linkName: string;
  size: number;
  fileMode: number;
  uid: number;
  gid: number;
  isDir: boolean;
}

export interface DiveReport {
  layer: { index: number; id: string; digestId: string; sizeBytes: number; command: string; fileList: DiveFile[] }[];
  image: {
    sizeBytes: number;
    inefficientBytes: number;
    efficiencyScore: number;
    fileReference: { count: number; sizeBytes: number; file: string }[];
  };
}

/**
 * The analysis in the format of `dive --json` 0.12 and later, for tools that read it:
 * https://github.com/wagoodman/dive/blob/main/cmd/dive/cli/internal/command/export/export.go. dive's `id` is the name
 * that a layer has in its archive, which is not stored: here it is the diffID's digits.
 */
export function toDiveReport({ report, tables }: ImageAnalysis): DiveReport {
  return {
    layer: report.layers.map(({ index, diffId, sizeBytes, createdBy }) => ({
      index,
      id: diffId.replace(/^sha256:/, ''),
      digestId: diffId,
      sizeBytes,
      command: createdBy.replace(/^\/bin\/sh -c /, ''),
      fileList: listFiles(tables[index])
    })),
    image: {
      sizeBytes: report.imageSizeBytes,
      inefficientBytes: report.wastedBytes,
      efficiencyScore: report.efficiency,
      fileReference: report.inefficientPaths.map(({ path, times, sizeBytes }) => ({
        count: times,
        sizeBytes,
        file: path
      }))
    }
  };
}

/** A layer's entries, including whiteouts, by name, with a directory's contents before it. */
function listFiles(table: LayerTable | undefined): DiveFile[] {
  if (!table) return [];
  const children = listChildren(table.parent);
  const nameOf = (node: number): string => table.names[table.name[node] ?? 0] ?? '';
  /** The last name first: they are popped from the end. */
  const below = (node: number): number[] =>
    [...childrenOf(children, node)]
      .filter((child) => !nameOf(child).startsWith(WHITEOUT_META))
      .sort((a, b) => compareNames(nameOf(b), nameOf(a)));
  const files: DiveFile[] = [];
  const pending = [{ node: 0, left: below(0) }];
  for (let at = pending.at(-1); at !== undefined; at = pending.at(-1)) {
    const next = at.left.pop();
    if (next !== undefined) pending.push({ node: next, left: below(next) });
    else {
      pending.pop();
      if (at.node > 0) files.push(describe(table, at.node));
    }
  }
  return files;
}

/** As in Go's archive/tar: the type flag of the header, and the bits of its os.FileMode. */
const goTypes: Readonly<Record<NodeKind, { flag: string; mode: number }>> = {
  implied: { flag: '\0', mode: 0 },
  file: { flag: '0', mode: 0 },
  'hard-link': { flag: '1', mode: 0 },
  symlink: { flag: '2', mode: 2 ** 27 },
  character: { flag: '3', mode: 2 ** 26 + 2 ** 21 },
  block: { flag: '4', mode: 2 ** 26 },
  folder: { flag: '5', mode: 2 ** 31 },
  fifo: { flag: '6', mode: 2 ** 25 },
  other: { flag: '0', mode: 0 }
};

function describe(table: LayerTable, node: number): DiveFile {
  const kind = nodeKinds[table.kind[node] ?? 0] ?? 'other';
  const { flag, mode } = goTypes[kind];
  const isImplied = kind === 'implied';
  const bits = table.mode[node] ?? 0;
  return {
    // dive omits implied directories.
    path: isImplied ? '' : displayName(pathOf(table, node)),
    typeFlag: flag.charCodeAt(0),
    linkName: displayName(table.links[table.link[node] ?? -1] ?? ''),
    size: table.sizeBytes[node] ?? 0,
    fileMode: isImplied ? 0 : mode + goMode(bits),
    uid: table.uid[node] ?? 0,
    gid: table.gid[node] ?? 0,
    isDir: kind === 'folder'
  };
}

/** https://pkg.go.dev/io/fs#FileMode: set-user-id, set-group-id and sticky are other bits than on disk. */
function goMode(mode: number): number {
  const special = (mode & 0o4000 ? 2 ** 23 : 0) + (mode & 0o2000 ? 2 ** 22 : 0) + (mode & 0o1000 ? 2 ** 20 : 0);
  return (mode & 0o777) + special;
}
