/** A layer of an image: what it holds, and its unpacked bytes. */
export interface SizedLayer {
  readonly diffId: string;
  readonly sizeBytes: number;
}

/** What of an image others have too. `sharedBytes + uniqueBytes` is `totalBytes`. */
export interface LayerShare {
  readonly totalBytes: number;
  readonly sharedBytes: number;
  readonly uniqueBytes: number;
}

/** A layer on top of certain others, which is how engines keep one. */
interface Node {
  readonly sizeBytes: number;
  readonly children: Map<string, Node>;
  imageCount: number;
}

/**
 * Which images share which layers. Engines keep a layer together with those under it (OCI's chain id): the same diffId on
 * another base is kept again, so images share what they have in common from the base up.
 * https://github.com/opencontainers/image-spec/blob/main/config.md#layer-chainid
 */
export class LayerForest {
  readonly #roots = new Map<string, Node>();
  readonly #paths = new Map<string, readonly Node[]>();
  #diskBytes = 0;

  /** What all images take together, in unpacked bytes, with shared layers counted once. */
  get diskBytes(): number {
    return this.#diskBytes;
  }

  has(imageId: string): boolean {
    return this.#paths.has(imageId);
  }

  /** Takes an image with its layers, base first. One that is there already stays as it is. */
  add(imageId: string, layers: readonly SizedLayer[]): void {
    if (this.#paths.has(imageId)) return;
    let siblings = this.#roots;
    const path = layers.map((layer) => {
      const node = this.#find(siblings, layer);
      node.imageCount += 1;
      siblings = node.children;
      return node;
    });
    this.#paths.set(imageId, path);
  }

  /** Null for an image whose layers are not known. */
  shareOf(imageId: string): LayerShare | null {
    const path = this.#paths.get(imageId);
    if (path === undefined) return null;
    let totalBytes = 0;
    let uniqueBytes = 0;
    for (const node of path) {
      totalBytes += node.sizeBytes;
      if (node.imageCount === 1) uniqueBytes += node.sizeBytes;
    }
    return { totalBytes, sharedBytes: totalBytes - uniqueBytes, uniqueBytes };
  }

  /** What these images take together, with layers that they share counted once. */
  bytesOf(imageIds: Iterable<string>): number {
    return sum(this.#count(imageIds).keys());
  }

  /** What is freed when all of these images go: the layers that no other image has. */
  reclaimableBytes(imageIds: Iterable<string>): number {
    const counts = this.#count(imageIds);
    return sum([...counts].flatMap(([node, count]) => (count === node.imageCount ? [node] : [])));
  }

  #find(siblings: Map<string, Node>, { diffId, sizeBytes }: SizedLayer): Node {
    const existing = siblings.get(diffId);
    if (existing !== undefined) return existing;
    const node: Node = { sizeBytes, children: new Map(), imageCount: 0 };
    siblings.set(diffId, node);
    this.#diskBytes += sizeBytes;
    return node;
  }

  #count(imageIds: Iterable<string>): Map<Node, number> {
    const counts = new Map<Node, number>();
    for (const id of new Set(imageIds)) {
      for (const node of this.#paths.get(id) ?? []) counts.set(node, (counts.get(node) ?? 0) + 1);
    }
    return counts;
  }
}

function sum(nodes: Iterable<Node>): number {
  let bytes = 0;
  for (const node of nodes) bytes += node.sizeBytes;
  return bytes;
}
