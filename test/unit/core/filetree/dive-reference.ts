import type { Efficiency, InefficientPath } from '#core/filetree/seen-paths.ts';

/** dive's efficiency, step by step like its filetree package, which merges the layers again for every whiteout. */
export interface ReferenceEntry {
  path: string;
  folder: boolean;
  sizeBytes: number;
}

interface Node {
  name: string;
  parent: Node | null;
  children: Map<string, Node>;
  sizeBytes: number;
  folder: boolean;
}

const newNode = (name: string, parent: Node | null): Node => ({
  name,
  parent,
  children: new Map(),
  sizeBytes: 0,
  folder: false
});

const isWhiteout = (node: Node): boolean => node.name.startsWith('.wh.');

function pathOf(node: Node): string {
  const name = isWhiteout(node) ? node.name.slice(4) : node.name;
  const segments = [name];
  for (let at = node.parent; at?.parent; at = at.parent) segments.unshift(at.name);
  return `/${segments.join('/')}`;
}

function addPath(root: Node, path: string, payload: { sizeBytes: number; folder: boolean }): void {
  const names = path.split('/').filter((name) => name !== '');
  let node = root;
  names.forEach((name, index) => {
    let child = node.children.get(name);
    if (!child) {
      if (name.startsWith('.wh..wh.')) throw new Error('refused');
      child = newNode(name, node);
      node.children.set(name, child);
    }
    node = child;
    if (index === names.length - 1) {
      node.sizeBytes = payload.sizeBytes;
      node.folder = payload.folder;
    }
  });
}

function getNode(root: Node, path: string): Node | undefined {
  let node: Node | undefined = root;
  for (const name of path.split('/')) if (name !== '') node = node?.children.get(name);
  return node;
}

function visit(node: Node, visitor: (node: Node) => void, isIncluded: (node: Node) => boolean = () => true): void {
  const names = [...node.children.keys()].sort((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)));
  for (const name of names) {
    const child = node.children.get(name);
    if (child) visit(child, visitor, isIncluded);
  }
  if (node.parent && isIncluded(node)) visitor(node);
}

function copy(node: Node, parent: Node | null): Node {
  const made = { ...newNode(node.name, parent), sizeBytes: node.sizeBytes, folder: node.folder };
  for (const [name, child] of node.children) made.children.set(name, copy(child, made));
  return made;
}

function stack(trees: Node[], stop: number): Node {
  const [first] = trees;
  if (!first) throw new Error('no trees');
  const root = copy(first, null);
  for (const tree of trees.slice(0, stop + 1)) {
    visit(tree, (node) => {
      if (!isWhiteout(node)) addPath(root, pathOf(node), node);
      else {
        const removed = getNode(root, pathOf(node));
        removed?.parent?.children.delete(removed.name);
      }
    });
  }
  return root;
}

class Missing extends Error {}

export function diveEfficiency(layers: ReferenceEntry[][]): Efficiency {
  const trees = layers.map((entries) => {
    const root = newNode('', null);
    for (const { path, folder, sizeBytes } of entries) {
      try {
        addPath(root, path, { folder, sizeBytes: folder ? 0 : sizeBytes });
      } catch {
        // dive omits paths that it cannot add.
      }
    }
    return root;
  });
  const seen = new Map<string, InefficientPath & { least: number }>();
  trees.forEach((tree, index) => {
    const visitor = (node: Node): void => {
      const path = pathOf(node);
      let sizeBytes = 0;
      if (isWhiteout(node)) {
        const previous = getNode(stack(trees, index - 1), path);
        if (!previous) throw new Missing();
        if (previous.folder) visit(previous, (below) => (sizeBytes += below.sizeBytes));
      } else sizeBytes = node.sizeBytes;
      const data = seen.get(path) ?? { path, times: 0, sizeBytes: 0, layers: [], least: -1 };
      seen.set(path, data);
      data.times++;
      data.sizeBytes += sizeBytes;
      data.layers.push(index);
      if (data.least < 0 || sizeBytes < data.least) data.least = sizeBytes;
    };
    try {
      visit(tree, visitor, (node) => node.children.size === 0);
    } catch (error) {
      if (!(error instanceof Missing)) throw error;
    }
  });
  const all = [...seen.values()];
  const sum = all.reduce((total, { sizeBytes }) => total + sizeBytes, 0);
  const inefficientPaths = all.filter(({ times }) => times > 1);
  return {
    efficiency: sum === 0 ? 1 : all.reduce((total, { least }) => total + least, 0) / sum,
    wastedBytes: inefficientPaths.reduce((total, { sizeBytes }) => total + sizeBytes, 0),
    inefficientPaths
  };
}
