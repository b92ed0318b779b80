/** A layer of an image: its diffID and uncompressed bytes. */
export interface SizedLayer {
  readonly diffId: string;
  readonly sizeBytes: number;
}

/** How much of an image is shared with others. `sharedBytes + uniqueBytes` is `totalBytes`. */
export interface LayerShare {
  readonly totalBytes: number;
  readonly sharedBytes: number;
  readonly uniqueBytes: number;
}

/** A layer on top of certain others, as engines store it. */
interface Node {
  readonly sizeBytes: number;
  readonly children: Map<string, Node>;
  imageCount: number;
}

/**
 * Which images share which layers. Engines store a layer per chain ID, that is, together with the layers below it: the
 * same
 * diffID on another base is stored again, so images share what they have in common from the base up.
 * https://github.com/opencontainers/image-spec/blob/main/config.md#layer-chainid
 */
export class LayerForest {
  readonly #roots = new Map<string, Node>();
  readonly #paths = new Map<string, readonly Node[]>();
  #diskBytes = 0;

  /** The disk space of all images, in uncompressed bytes, with shared layers counted once. */
  get diskBytes(): number {
    return this.#diskBytes;
  }

  has(imageId: string): boolean {
    return this.#paths.has(imageId);
  }

  /** Adds an image with its layers, base first. An image that is already there is unchanged. */
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

  /** The disk space of these images, with the layers that they share counted once. */
  bytesOf(imageIds: Iterable<string>): number {
    return sum(this.#count(imageIds).keys());
  }

  /** The bytes freed by removing all of these images: the layers that no other image has. */
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
