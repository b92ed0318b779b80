import { formatPercent } from '#contract/format/format-percent.ts';
import type { FileCell } from '#contract/schema/analysis-overview.ts';
import { hatchNames } from '#contract/treemap/hatch-cells.ts';
import { words } from '#contract/words/words.ts';
import { formatBytes } from '../../text/format-bytes.ts';
import { formatMoment } from '../../text/format-time.ts';
import { formatMode } from '../../text/format-mode.ts';
import type { LayerFacts } from '#contract/domain/layer-facts.ts';

/** The lines of a cell's tooltip below its name. Its share is relative to `imageBytes`. */
export function listCellFacts(
  cell: FileCell,
  layers: ReadonlyMap<number, LayerFacts>,
  imageBytes: number,
  layerCount: number
): string[] {
  const text = words.layers;
  const layer = layers.get(cell.layer);
  const origin = text.origins[cell.kind === 'base' ? 'base' : (layer?.origin ?? 'other')];
  const join = (parts: readonly (string | null)[]): string => parts.filter((part) => part !== null).join(' · ');
  const isFile = cell.kind === 'file';
  const isInLayer = cell.kind === 'folder' || cell.kind === 'other' || isFile;
  const line = layer?.line != null ? text.lineBy(layer.line, text.evidence[layer.evidence ?? 'exact']) : null;
  return [
    join([
      text.uncompressedSize(formatBytes(cell.sizeBytes)),
      imageBytes > 0 ? text.share(formatPercent(cell.sizeBytes / imageBytes)) : null,
      !isFile && cell.fileCount > 0 ? text.fileCount(cell.fileCount) : null,
      cell.kind === 'base' ? text.layerCount(layerCount) : null
    ]),
    join([
      isInLayer ? (layer?.name ?? null) : origin,
      line,
      layer?.copiedFrom != null ? text.copiedFrom(layer.copiedFrom) : null
    ]),
    join([
      isFile || cell.kind === 'folder' ? text.owner(formatMode(cell.mode), cell.uid, cell.gid) : null,
      isInLayer && cell.change !== 'unchanged' ? text.changes[cell.change] : null,
      isFile && cell.mtimeSeconds > 0 ? formatMoment(cell.mtimeSeconds * 1000) : null
    ]),
    join(
      hatchNames.map((name) => {
        const bytes = cell[`${name}Bytes`];
        if (bytes <= 0) return null;
        return bytes >= cell.sizeBytes ? text.hatches[name] : text.hatchedPart(formatBytes(bytes), text.hatches[name]);
      })
    )
  ].filter((fact) => fact !== '');
}
