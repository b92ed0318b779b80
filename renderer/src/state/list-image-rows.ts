import type { ImageSummary } from '#contract/schema/image.ts';

/** One name of an image; an image with several tags has several rows. */
export interface ImageRow {
  readonly key: string;
  readonly id: string;
  /** Twelve digits, as docker prints it. */
  readonly shortId: string;
  /** "alice/app"; null for an untagged image. */
  readonly repository: string | null;
  readonly tag: string | null;
  /** Of an image that was pulled by its digest and has no tag. */
  readonly digest: string | null;
  /** Number of the image's other names. */
  readonly otherNames: number;
  /** As in the engine's list. */
  readonly sizeBytes: number;
  readonly createdAt: number;
  /** The reference for requests to the engine: the name if there is one. */
  readonly reference: string;
  /** The text that a filter searches. */
  readonly searchText: string;
}

/** The rows of the table, newest first. */
export function listImageRows(images: readonly ImageSummary[]): ImageRow[] {
  return images
    .flatMap((image) => (image.tags.length > 0 ? image.tags.map((tag) => toRow(image, tag)) : [toRow(image, null)]))
    .sort((a, b) => b.createdAt - a.createdAt || (a.reference < b.reference ? -1 : 1));
}

/** Rows that contain every word of the query in name, tag or id. */
export function filterImageRows(rows: readonly ImageRow[], query: string): readonly ImageRow[] {
  const queryWords = query
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== '');
  if (queryWords.length === 0) return rows;
  return rows.filter(({ searchText }) => queryWords.every((word) => searchText.includes(word)));
}

/** The ids of the rows' images, each once. */
export function distinctImages(rows: readonly ImageRow[]): string[] {
  return [...new Set(rows.map(({ id }) => id))];
}

function toRow(image: ImageSummary, name: string | null): ImageRow {
  const { repository, tag, digest } = splitName(name);
  return {
    key: `${image.id} ${name ?? ''}`,
    id: image.id,
    shortId: image.id.replace(/^sha256:/, '').slice(0, 12),
    repository,
    tag,
    digest,
    otherNames: Math.max(0, image.tags.length - 1),
    sizeBytes: image.sizeBytes,
    createdAt: image.createdAt,
    reference: name ?? image.id,
    searchText: `${repository ?? ''}:${tag ?? ''} ${image.id}`.toLowerCase()
  };
}

/** "alice/app:1.8" or "alice/app@sha256:..." in its parts. */
function splitName(name: string | null): Pick<ImageRow, 'repository' | 'tag' | 'digest'> {
  if (name === null) return { repository: null, tag: null, digest: null };
  const at = name.indexOf('@');
  if (at >= 0) return { repository: name.slice(0, at), tag: null, digest: name.slice(at + 1) };
  const colon = name.lastIndexOf(':');
  if (colon < name.lastIndexOf('/') || colon < 0) return { repository: name, tag: null, digest: null };
  return { repository: name.slice(0, colon), tag: name.slice(colon + 1), digest: null };
}
