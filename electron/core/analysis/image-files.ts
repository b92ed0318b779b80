import type { ImageAnalysis } from './describe-analysis.ts';
import { ChildIndex } from '../filetree/child-index.ts';
import { kindOf, pathOf, type LayerTable } from '../filetree/layer-table.ts';
import { NameIndex } from '../filetree/name-index.ts';
import { childrenOf } from '../filetree/path-trie.ts';

/** The location of a file's bytes: a layer of the image, and the path inside it. */
export interface FileLocation {
  readonly layer: number;
  readonly path: string;
  readonly sizeBytes: number;
}

/** The layer's entry that is visible at a path; an implied directory has none. */
interface SeenEntry {
  readonly layer: number;
  readonly table: LayerTable;
  readonly source: number;
  readonly kind: number;
}

/** Linux follows at most as many: https://man7.org/linux/man-pages/man7/path_resolution.7.html */
const MAX_LINKS = 40;
const kinds = {
  file: kindOf('file'),
  folder: kindOf('folder'),
  symlink: kindOf('symlink'),
  hardLink: kindOf('hard-link')
};
const none = -1;

/** An image's merged file system, looked up by path. Files and directories are numbers of the tree; -1 is none. */
export class ImageFiles {
  readonly #analysis: Pick<ImageAnalysis, 'tree' | 'tables' | 'final'>;
  readonly #names = new NameIndex();
  readonly #children = new ChildIndex();
  readonly #folders = new Map<string, number>([['', 0]]);

  constructor(analysis: Pick<ImageAnalysis, 'tree' | 'tables' | 'final'>) {
    this.#analysis = analysis;
    const { tree } = analysis;
    for (const name of tree.names) this.#names.intern(name);
    for (let node = 1; node < tree.parent.length; node++) this.#children.add(tree, node);
  }

  /**
   * Looks up a path without a leading "/". Directories that are links are followed inside the image, so that
   * "lib/x" is "usr/lib/x" if lib is a link to usr/lib; a link at the path itself is not followed.
   */
  find(path: string): number {
    const slash = path.lastIndexOf('/');
    const folder = this.findFolder(path.slice(0, Math.max(0, slash)));
    return folder < 0 ? none : this.child(folder, path.slice(slash + 1));
  }

  /** Looks up a file; a link to a file is also followed. */
  findFile(path: string): number {
    const node = this.#resolve(0, path, { links: MAX_LINKS });
    return node >= 0 && this.location(node) !== null ? node : none;
  }

  /** Looks up a directory; a link to a directory is also followed. */
  findFolder(path: string): number {
    const known = this.#folders.get(path);
    if (known !== undefined) return known;
    const node = this.#resolve(0, path, { links: MAX_LINKS });
    this.#folders.set(path, node);
    return node;
  }

  /** What has this name in a folder, no link followed; -1 where nothing has. */
  child(folder: number, name: string): number {
    const { tree, final } = this.#analysis;
    const nameIndex = this.#names.find(name);
    const node = nameIndex < 0 ? none : this.#children.find(tree, folder, nameIndex);
    return node >= 0 && final.present[node] === 1 ? node : none;
  }

  /** The children of a directory, by name. */
  *childrenOf(folder: number): Generator<[name: string, node: number]> {
    const { tree, final } = this.#analysis;
    if (folder < 0) return;
    for (const node of childrenOf(tree.children, folder))
      if (final.present[node] === 1) yield [this.nameOf(node), node];
  }

  /** All paths with this name, in any directory. */
  *named(name: string): Generator<number> {
    const { tree, final } = this.#analysis;
    const nameIndex = this.#names.find(name);
    if (nameIndex < 0) return;
    for (let node = 1; node < tree.name.length; node++) {
      if (tree.name[node] === nameIndex && final.present[node] === 1) yield node;
    }
  }

  nameOf(node: number): string {
    const { tree } = this.#analysis;
    return tree.names[tree.name[node] ?? 0] ?? '';
  }

  parentOf(node: number): number {
    return this.#analysis.tree.parent[node] ?? none;
  }

  /** Without a leading "/". */
  pathOf(node: number): string {
    return pathOf(this.#analysis.tree, node);
  }

  /** The size of a file; 0 for a directory. */
  ownBytes(node: number): number {
    const entry = this.#entryOf(node);
    return !entry || entry.kind === kinds.folder ? 0 : (entry.table.sizeBytes[entry.source] ?? 0);
  }

  /** The size of all files in a directory. */
  bytesBelow(folder: number): number {
    return this.#analysis.final.sizeBytes[folder] ?? 0;
  }

  /** Null if it is not a file, and for a hard link to a file in another layer. */
  location(node: number): FileLocation | null {
    const entry = this.#entryOf(node);
    if (!entry) return null;
    const { layer, table, source, kind } = entry;
    if (kind === kinds.file) return { layer, path: pathOf(table, source), sizeBytes: table.sizeBytes[source] ?? 0 };
    if (kind !== kinds.hardLink) return null;
    const target = this.#entryOf(this.find(this.#linkOf(entry)));
    if (target?.layer !== layer || target.kind !== kinds.file) return null;
    return { layer, path: pathOf(table, target.source), sizeBytes: table.sizeBytes[target.source] ?? 0 };
  }

  /** Follows all links, up to the given number. */
  #resolve(from: number, path: string, left: { links: number }): number {
    let at = path.startsWith('/') ? 0 : from;
    for (const segment of path.split('/')) {
      if (segment === '' || segment === '.') continue;
      const above = at;
      at = segment === '..' ? Math.max(0, this.parentOf(at)) : this.child(at, segment);
      const entry = this.#entryOf(at);
      if (entry?.kind === kinds.symlink) at = left.links-- > 0 ? this.#resolve(above, this.#linkOf(entry), left) : none;
      if (at < 0) return none;
    }
    return at;
  }

  #linkOf({ table, source }: SeenEntry): string {
    return table.links[table.link[source] ?? none] ?? '';
  }

  #entryOf(node: number): SeenEntry | null {
    const { tables, final } = this.#analysis;
    const layer = final.layer[node] ?? none;
    const source = final.source[node] ?? none;
    const table = tables[layer];
    return table && source >= 0 ? { layer, table, source, kind: table.kind[source] ?? 0 } : null;
  }
}
