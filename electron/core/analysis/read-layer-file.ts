import { AppError } from '../util/app-error.ts';
import { isSparse } from '../archive/layer-files-reader.ts';
import type { FileSink, LayerEntry } from '../archive/layer-files-reader.ts';
import { normalizePath } from '../tar/tar-entry.ts';
import type { TarEntryType } from '../tar/tar-entry.ts';
import { readLayerFiles } from './read-layer-files.ts';
import type { LayerFilesRequest, LayerSource, ReadLayerFilesOptions } from './read-layer-files.ts';

export interface LayerFileRequest {
  layer: LayerFilesRequest['layer'];
  /** Path of the file inside the layer. */
  path: string;
  /** Null for the complete file. */
  maxBytes: number | null;
}

/** A layer's entry at a path; bytes were written to the sink only for a `file`. */
export type LayerFile =
  /** `path` is the entry whose bytes these are: a different one if the requested path is a hard link to it. */
  | { kind: 'file'; path: string; sizeBytes: number; mode: number; mtimeSeconds: number; truncated: boolean }
  /** Not followed: its target depends on the other layers. */
  | { kind: 'symlink'; target: string }
  /** A hard link to a file of a lower layer. */
  | { kind: 'hard-link'; target: string }
  /** GNU tar omitted its holes; its bytes are not reassembled. */
  | { kind: 'sparse'; sizeBytes: number }
  | { kind: 'other'; type: Exclude<TarEntryType, 'file' | 'symlink' | 'hard-link'> };

const MAX_LINKS = 8;

/**
 * Reads one file of one layer into a sink. Throws layer-file-missing, archive-damaged where its hard links lead in a
 * circle, and what readLayerFiles throws.
 */
export async function readLayerFile(
  source: LayerSource,
  request: LayerFileRequest,
  sink: FileSink,
  options: ReadLayerFilesOptions
): Promise<LayerFile> {
  const maxBytes = request.maxBytes ?? Number.POSITIVE_INFINITY;
  const seen = new Set<string>();
  const requestedPath = normalizePath(request.path);
  if (requestedPath === null) throw new AppError('layer-file-missing', { path: request.path.slice(0, 1000) });
  let path: string = requestedPath;
  for (;;) {
    seen.add(path);
    const files = new Map([[path, { maxBytes, sink }]]);
    const [entries] = await readLayerFiles(source, [{ layer: request.layer, files }], options);
    const found = entries?.get(path);
    if (found?.entry.type !== 'hard-link') {
      if (found) return describeEntry(found, maxBytes);
      if (seen.size > 1) return { kind: 'hard-link', target: path };
      throw new AppError('layer-file-missing', { path: path.slice(0, 1000) });
    }
    // A file and the links to it may be in any order, so the layer is read again for the link's target.
    path = found.entry.linkTarget;
    if (seen.has(path) || seen.size > MAX_LINKS) {
      const detail = { reason: 'hard-link-loop' } as const;
      throw new AppError('archive-damaged', { entry: request.path.slice(0, 1000), detail });
    }
  }
}

function describeEntry(found: LayerEntry, maxBytes: number): LayerFile {
  const { path, type, sizeBytes, mode, mtimeSeconds, linkTarget } = found.entry;
  if (type === 'symlink' || type === 'hard-link') return { kind: type, target: linkTarget };
  if (type !== 'file') return { kind: 'other', type };
  if (isSparse(found)) return { kind: 'sparse', sizeBytes };
  return { kind: 'file', path, sizeBytes, mode, mtimeSeconds, truncated: sizeBytes > maxBytes };
}
