import type { Compression } from './compressions.ts';

export interface ArchiveExtension {
  /** Without the leading dot. */
  readonly extension: string;
  /** What the tar is compressed with. */
  readonly compression: Compression;
  /** MIME type in the shared MIME-info database. */
  readonly mimeType: string;
}

/** Every extension of image archives. */
export const archiveExtensions: readonly ArchiveExtension[] = [
  { extension: 'tar', compression: 'none', mimeType: 'application/x-tar' },
  { extension: 'tar.gz', compression: 'gzip', mimeType: 'application/x-compressed-tar' },
  { extension: 'tgz', compression: 'gzip', mimeType: 'application/x-compressed-tar' },
  { extension: 'tar.zst', compression: 'zstd', mimeType: 'application/x-zstd-compressed-tar' },
  { extension: 'tar.xz', compression: 'xz', mimeType: 'application/x-xz-compressed-tar' },
  { extension: 'tar.bz2', compression: 'bzip2', mimeType: 'application/x-bzip2-compressed-tar' }
];

/** The extension of a file name or path, in any case; null if it is not an image archive's. */
export function findArchiveExtension(name: string): ArchiveExtension | null {
  const lower = name.toLowerCase();
  return archiveExtensions.find(({ extension }) => lower.endsWith(`.${extension}`)) ?? null;
}

/** "alice-app.tar.gz" without its extension; any other name unchanged. */
export function withoutArchiveExtension(name: string): string {
  const found = findArchiveExtension(name);
  return found === null ? name : name.slice(0, -found.extension.length - 1);
}

/** The last component of each extension, as file dialogs filter by it: "gz" for "tar.gz". */
export function archiveSuffixes(): string[] {
  return [...new Set(archiveExtensions.map(({ extension }) => extension.slice(extension.lastIndexOf('.') + 1)))];
}
