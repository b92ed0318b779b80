import { nodeKinds, type NodeKind } from '#contract/domain/node-kinds.ts';
import { ChildIndex } from './child-index.ts';
import { NameIndex } from './name-index.ts';
import type { TarEntry } from '../tar/tar-entry.ts';

/**
 * The entries of one layer as a tree in columns: a few typed arrays and each path segment once, so that 100,000 entries
 * take a few MB and are transferred between threads without copying. Node 0 is the root; a parent comes before its
 * children.
 * Whiteouts keep their ".wh." name. Plain data: it can be copied, transferred and stored on disk.
 */
export interface LayerTable {
  /** Every segment once; bytes that are not UTF-8 as in `decodeName`. */
  names: string[];
  parent: Int32Array;
  /** Index into `names`. */
  name: Int32Array;
  /** An index of `nodeKinds`. */
  kind: Uint8Array;
  sizeBytes: Float64Array;
  mode: Uint16Array;
  uid: Uint32Array;
  gid: Uint32Array;
  mtimeSeconds: Float64Array;
  /** Index into `links`, or -1. */
  link: Int32Array;
  /** Targets of links: a hard link's path, a symlink's target as written. */
  links: string[];
  hasXattrs: Uint8Array;
  /** Entries of the tar, including whiteouts and repeated paths. */
  entryCount: number;
  /** Sum of the sizes in the tar's headers. */
  sizeBytesTotal: number;
}

const kindIndex = new Map<NodeKind, number>(nodeKinds.map((kind, index) => [kind, index]));
/** The number of a kind in the `kind` column of a table. */
export const kindOf = (name: NodeKind): number => kindIndex.get(name) ?? 0;

export const WHITEOUT = '.wh.';
/** Internal to AUFS and overlay: not a file's removal. */
export const WHITEOUT_META = '.wh..wh.';
export const OPAQUE = '.wh..wh..opq';

/**
 * Whether a name is a whiteout of any kind. Names are many and whiteouts few, so the first character is checked first.
 */
export function isWhiteout(name: string): boolean {
  return name.charCodeAt(0) === 0x2e && name.startsWith(WHITEOUT);
}

type Columns = Omit<LayerTable, 'names' | 'links' | 'entryCount' | 'sizeBytesTotal'>;

/** Collects the entries of one layer. A repeated path is one node, with the data of its last entry. */
export class LayerTableBuilder {
  #names = new NameIndex();
  #links: string[] = [];
  #children = new ChildIndex();
  #columns: Columns = newColumns(1024);
  #count = 0;
  #entryCount = 0;
  #sizeBytesTotal = 0;
  #lastFolder = '';
  #lastFolderNode = 0;

  constructor() {
    this.#append(-1, this.#names.intern(''));
  }

  add(entry: TarEntry): void {
    this.#entryCount++;
    this.#sizeBytesTotal += entry.sizeBytes;
    const node = this.#nodeOf(entry.path);
    const at = this.#columns;
    at.kind[node] = kindOf(entry.type);
    at.sizeBytes[node] = entry.sizeBytes;
    at.mode[node] = entry.mode;
    at.uid[node] = entry.uid;
    at.gid[node] = entry.gid;
    at.mtimeSeconds[node] = entry.mtimeSeconds;
    at.hasXattrs[node] = entry.xattrs ? 1 : 0;
    at.link[node] = entry.linkTarget === '' ? -1 : this.#links.push(entry.linkTarget) - 1;
  }

  /** The finished table, with columns trimmed to their length. */
  finish(): LayerTable {
    const { parent, name, kind, sizeBytes, mode, uid, gid, mtimeSeconds, link, hasXattrs } = this.#columns;
    const end = this.#count;
    return {
      names: this.#names.names,
      parent: parent.slice(0, end),
      name: name.slice(0, end),
      kind: kind.slice(0, end),
      sizeBytes: sizeBytes.slice(0, end),
      mode: mode.slice(0, end),
      uid: uid.slice(0, end),
      gid: gid.slice(0, end),
      mtimeSeconds: mtimeSeconds.slice(0, end),
      link: link.slice(0, end),
      links: this.#links,
      hasXattrs: hasXattrs.slice(0, end),
      entryCount: this.#entryCount,
      sizeBytesTotal: this.#sizeBytesTotal
    };
  }

  #nodeOf(path: string): number {
    if (path === '') return 0;
    const slash = path.lastIndexOf('/');
    const sameFolder =
      slash <= 0 ? this.#lastFolder === '' : slash === this.#lastFolder.length && path.startsWith(this.#lastFolder);
    if (!sameFolder) {
      const folder = path.slice(0, Math.max(0, slash));
      let node = 0;
      if (folder !== '') for (const segment of folder.split('/')) node = this.#child(node, segment);
      this.#lastFolder = folder;
      this.#lastFolderNode = node;
    }
    return this.#child(this.#lastFolderNode, path.slice(slash + 1));
  }

  #child(parent: number, segment: string): number {
    const name = this.#names.intern(segment);
    const found = this.#children.find(this.#columns, parent, name);
    if (found >= 0) return found;
    const node = this.#append(parent, name);
    this.#children.add(this.#columns, node);
    return node;
  }

  #append(parent: number, name: number): number {
    if (this.#count === this.#columns.parent.length) this.#columns = grown(this.#columns);
    const node = this.#count++;
    this.#columns.parent[node] = parent;
    this.#columns.name[node] = name;
    this.#columns.link[node] = -1;
    return node;
  }
}

function newColumns(length: number): Columns {
  return {
    parent: new Int32Array(length),
    name: new Int32Array(length),
    kind: new Uint8Array(length),
    sizeBytes: new Float64Array(length),
    mode: new Uint16Array(length),
    uid: new Uint32Array(length),
    gid: new Uint32Array(length),
    mtimeSeconds: new Float64Array(length),
    link: new Int32Array(length),
    hasXattrs: new Uint8Array(length)
  };
}

function grown(columns: Columns): Columns {
  const wider = newColumns(columns.parent.length * 2);
  for (const key of Object.keys(columns) as (keyof Columns)[]) wider[key].set(columns[key]);
  return wider;
}

/** The path of a node, without a leading "/"; empty for the root. */
export function pathOf(table: Pick<LayerTable, 'parent' | 'name' | 'names'>, node: number): string {
  const segments: string[] = [];
  for (let at = node; at > 0; at = table.parent[at] ?? 0) segments.push(table.names[table.name[at] ?? 0] ?? '');
  return segments.reverse().join('/');
}
