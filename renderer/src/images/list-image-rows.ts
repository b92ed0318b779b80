import type { ImageSummary } from '../../../electron/contract/schema/image.ts';

/** One name of an image; an image with several tags has several rows. */
export interface ImageRow {
  readonly key: string;
  readonly id: string;
  /** Twelve digits, as docker shortens it. */
  readonly shortId: string;
  /** "alice/app"; null for an untagged image. */
  readonly repository: string | null;
  readonly tag: string | null;
  readonly sizeBytes: number;
  readonly createdAt: number;
  /** What to ask the engine for: the name where there is one. */
  readonly reference: string;
}

/** The rows of the table, newest first. */
export function listImageRows(images: readonly ImageSummary[]): ImageRow[] {
  return images
    .flatMap((image) => (image.tags.length > 0 ? image.tags.map((tag) => toRow(image, tag)) : [toRow(image, null)]))
    .sort((a, b) => b.createdAt - a.createdAt || a.reference.localeCompare(b.reference));
}

/** Rows that hold every word of the query in name, tag or id. */
export function filterImageRows(rows: readonly ImageRow[], query: string): readonly ImageRow[] {
  const wanted = query
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== '');
  if (wanted.length === 0) return rows;
  return rows.filter((row) => {
    const held = `${row.repository ?? ''}:${row.tag ?? ''} ${row.id}`.toLowerCase();
    return wanted.every((word) => held.includes(word));
  });
}

function toRow(image: ImageSummary, name: string | null): ImageRow {
  const colon = name === null ? -1 : name.lastIndexOf(':');
  const tagged = name !== null && colon > name.lastIndexOf('/');
  return {
    key: `${image.id} ${name ?? ''}`,
    id: image.id,
    shortId: image.id.replace(/^sha256:/, '').slice(0, 12),
    repository: tagged ? name.slice(0, colon) : name,
    tag: tagged ? name.slice(colon + 1) : null,
    sizeBytes: image.sizeBytes,
    createdAt: image.createdAt,
    reference: name ?? image.id
  };
}
