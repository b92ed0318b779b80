import { LayerTableBuilder } from '#core/filetree/layer-table.ts';
import type { LayerTable } from '#core/filetree/layer-table.ts';
import type { TarEntry } from '#core/tar/tar-entry.ts';

type LayerEntry = Partial<TarEntry> & { path: string; folder?: boolean };

/** A layer with these entries; other fields have common values. */
export function layerOf(entries: readonly LayerEntry[]): LayerTable {
  const builder = new LayerTableBuilder();
  for (const { folder = false, ...entry } of entries) {
    const type = entry.type ?? (folder ? 'folder' : 'file');
    builder.add({
      mode: folder ? 0o755 : 0o644,
      uid: 0,
      gid: 0,
      mtimeSeconds: 0,
      linkTarget: '',
      xattrs: null,
      sizeBytes: 0,
      ...entry,
      type,
      ...(type === 'file' ? {} : { sizeBytes: 0 })
    });
  }
  return builder.finish();
}
