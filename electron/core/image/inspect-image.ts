import type { z } from 'zod';
import type { HistoryRow, ImageDetail } from '../../contract/schema/image.ts';
import { baseReference } from '../dockerfile/instruction-chain.ts';
import { parseDockerfile, type ParsedDockerfile } from '../dockerfile/parse-dockerfile.ts';
import type { EngineClient } from '../engine/engine-client.ts';
import { cleanCreatedBy } from './clean-created-by.ts';
import { engineHistorySchema, engineImageSchema, readAnswer, readImageId, readTags } from './engine-images.ts';
import { imagePath } from './image-path.ts';
import { joinHistory } from './join-history.ts';
import { countRootRows, findRowLines, originOf } from './trace-rows.ts';

/** The build that made the image, where it is on record. */
export interface BuiltFrom {
  readonly dockerfileText: string;
  readonly target: string | null;
  readonly buildArgs: Readonly<Record<string, string>>;
}

/**
 * An image with its history, base first, joined to its layers, and to the Dockerfile's lines where `builtFrom` is given.
 * `image` is an id or a name. Throws image-not-found, engine-failed for an answer of another shape, and what EngineClient
 * throws.
 */
export async function inspectImage(
  engine: EngineClient,
  image: string,
  options: { builtFrom?: BuiltFrom; signal?: AbortSignal } = {}
): Promise<ImageDetail> {
  const ask = (what: string): Promise<unknown> =>
    engine.json({ method: 'GET', path: imagePath(image, what), ...(options.signal && { signal: options.signal }) });
  const [inspected, history] = await Promise.all([ask('json'), ask('history')]);
  return describeImage(
    readAnswer(engineImageSchema, inspected),
    readAnswer(engineHistorySchema, history),
    options.builtFrom
  );
}

type EngineHistory = z.output<typeof engineHistorySchema>;

function describeImage(
  image: z.output<typeof engineImageSchema>,
  newestFirst: EngineHistory,
  builtFrom: BuiltFrom | undefined
): ImageDetail {
  const layers = image.RootFS?.Layers ?? [];
  const dockerfile = builtFrom && parseDockerfile(builtFrom.dockerfileText, builtFrom.buildArgs);
  const target = builtFrom?.target ?? null;
  const { rows, exact } = describeRows([...newestFirst].reverse(), layers, dockerfile, target);
  const base = dockerfile ? baseReference(dockerfile, target) : null;
  return {
    id: readImageId(image.Id),
    tags: readTags(image.RepoTags),
    repoDigests: image.RepoDigests,
    sizeBytes: rows.reduce((sum, row) => sum + row.sizeBytes, 0),
    createdAt: readTime(image.Created == null ? null : Date.parse(image.Created)),
    platform: [image.Os, image.Architecture, image.Variant ?? ''].filter((part) => part !== '').join('/'),
    layerCount: layers.length,
    history: rows,
    joinExact: exact,
    baseName: base === '' || base === 'scratch' ? null : base
  };
}

function describeRows(
  history: EngineHistory,
  layers: readonly string[],
  dockerfile: ParsedDockerfile | undefined,
  target: string | null
): { rows: HistoryRow[]; exact: boolean } {
  const told = history.map((row) => ({
    createdBy: row.CreatedBy ?? '',
    sizeBytes: Math.max(0, row.Size ?? 0),
    comment: row.Comment ?? ''
  }));
  const { layerIndexes, exact } = joinHistory(told, layers.length);
  const instructions = told.map(({ createdBy }) => cleanCreatedBy(createdBy));
  const lines = dockerfile ? findRowLines(instructions, dockerfile, target) : null;
  const rows = told.map((row, index): HistoryRow => {
    const layerIndex = layerIndexes[index] ?? null;
    const created = history[index]?.Created;
    return {
      createdBy: row.createdBy,
      instruction: instructions[index] ?? '',
      origin: originOf(instructions[index] ?? ''),
      sizeBytes: row.sizeBytes,
      createdAt: readTime(created == null ? null : created * 1000),
      layerIndex,
      diffId: layerIndex === null ? null : (layers[layerIndex] ?? null),
      line: lines?.[index] ?? null
    };
  });
  return { rows: markBase(rows, lines), exact };
}

/** Rows below the Dockerfile's own first one are the base image's; without a Dockerfile, what is surely not its own. */
function markBase(rows: HistoryRow[], lines: readonly (number | null)[] | null): HistoryRow[] {
  const own = lines?.findIndex((line) => line !== null);
  const baseRows = own === undefined ? countRootRows(rows) : own < 0 ? rows.length : own;
  return rows.map((row, index) => (index < baseRows ? { ...row, origin: 'base' } : row));
}

/** Engines write the year 1 or 1970 for "not known". */
function readTime(milliseconds: number | null): number | null {
  return milliseconds === null || Number.isNaN(milliseconds) || milliseconds <= 0 ? null : milliseconds;
}
