import { AppError } from '../util/app-error.ts';
import { isSparse } from '../archive/layer-files-reader.ts';
import type { FileSink, LayerEntry } from '../archive/layer-files-reader.ts';
import { normalizePath } from '../tar/tar-entry.ts';
import type { TarEntryType } from '../tar/tar-entry.ts';
import { readLayerFiles } from './read-layer-files.ts';
import type { LayerFilesRequest, LayerSource, ReadLayerFilesOptions } from './read-layer-files.ts';

export interface LayerFileRequest {
  layer: LayerFilesRequest['layer'];
  /** Of the file, inside the layer. */
  path: string;
  /** Null for the whole file. */
  maxBytes: number | null;
}

/** What a layer has at a path; the bytes went to the sink only for a `file`. */
export type LayerFile =
  /** `path` is the entry whose bytes these are: another one, where the path asked for is a hard link to it. */
  | { kind: 'file'; path: string; sizeBytes: number; mode: number; mtimeSeconds: number; truncated: boolean }
  /** Never followed: where it leads depends on the other layers. */
  | { kind: 'symlink'; target: string }
  /** A hard link to a file of a layer below. */
  | { kind: 'hard-link'; target: string }
  /** GNU tar left its holes out; its bytes are not put together again. */
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
    // A file and the links to it may come in any order, so the layer is read anew for what the link names.
    path = found.entry.linkTarget;
    if (seen.has(path) || seen.size > MAX_LINKS) {
      const detail = 'Its hard links lead in a circle.';
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
