import { createHash, randomUUID } from 'node:crypto';
import { mkdir, readFile, readdir, rename, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { deserialize, serialize } from 'node:v8';
import type { ScannedImage } from './scan-image.ts';
import type { ScannedLayer } from '../archive/load-layers.ts';

/** On-disk cache of verified layers and images. It can be deleted at any time, in part or completely. */
export interface AnalysisCache {
  /** The image stored under this key; null if any part of it is missing. */
  read(key: string): Promise<ScannedImage | null>;
  /** Stores an image under a key that uniquely identifies its content. Errors are ignored. */
  write(key: string, image: ScannedImage): Promise<void>;
  /** A layer, read with any image; null if it is not cached. */
  readLayer(diffId: string): Promise<ScannedLayer | null>;
  /** Stores a layer whose content was verified against its diffID. Errors are ignored. */
  writeLayer(layer: ScannedLayer): Promise<void>;
}

/** Part of the folder's name, so that files of older versions are never read. */
const VERSION = 'v6';
const MAX_BYTES = 512 * 1024 ** 2;
const HASH_BYTES = 32;
const SHA256 = /^sha256:[0-9a-f]{64}$/;

type CachedImage = Omit<ScannedImage, 'layers'> & { diffIds: string[] };

/**
 * A cache of scanned images and layers as files in a folder for this version under `parentFolder`. After each write
 * of an image the least recently used files are removed until at most `maxBytes` remain. Never throws: unreadable
 * entries count as missing, and failed writes are ignored.
 */
export function openAnalysisCache(parentFolder: string, maxBytes = MAX_BYTES): AnalysisCache {
  const folder = join(parentFolder, VERSION);
  const imageFile = (key: string): string => `image-${createHash('sha256').update(key).digest('hex')}`;
  const layerFile = (diffId: string): string => `layer-${diffId.replace(/[^0-9a-f]/g, '').slice(-64)}`;
  const writeLayerOnce = async (layer: ScannedLayer): Promise<void> => {
    const file = join(folder, layerFile(layer.diffId));
    if (!(await exists(file))) await writeRecord(file, layer);
  };
  return {
    async read(key) {
      const cached = (await readRecord(join(folder, imageFile(key)))) as CachedImage | null;
      if (!cached) return null;
      const { diffIds, ...scanned } = cached;
      const files = diffIds.map((diffId) => join(folder, layerFile(diffId)));
      const layers = (await Promise.all(files.map(readRecord))) as (ScannedLayer | null)[];
      return layers.every((layer) => layer !== null) ? { ...scanned, layers } : null;
    },
    async write(key, { layers, ...scanned }) {
      try {
        await mkdir(folder, { recursive: true, mode: 0o700 });
        for (const layer of layers) {
          await writeLayerOnce(layer);
        }
        const cached: CachedImage = { ...scanned, diffIds: layers.map(({ diffId }) => diffId) };
        await writeRecord(join(folder, imageFile(key)), cached);
        await shrink(folder, maxBytes);
      } catch {
        // A full disk or a read-only folder only makes the next analysis slower.
      }
    },
    async readLayer(diffId) {
      if (!SHA256.test(diffId)) return null;
      const layer = (await readRecord(join(folder, layerFile(diffId)))) as ScannedLayer | null;
      return layer?.diffId === diffId ? layer : null;
    },
    async writeLayer(layer) {
      try {
        await mkdir(folder, { recursive: true, mode: 0o700 });
        await writeLayerOnce(layer);
        await shrink(folder, maxBytes);
      } catch {
        // Ignored, as above.
      }
    }
  };
}

/** A record is its sha256 followed by the value; null if it is missing, or damaged (then it is removed). */
async function readRecord(file: string): Promise<unknown> {
  const data = await readFile(file).catch(() => null);
  if (!data) return null;
  try {
    const value = data.subarray(HASH_BYTES);
    if (!createHash('sha256').update(value).digest().equals(data.subarray(0, HASH_BYTES))) throw new Error('damaged');
    const now = new Date();
    await utimes(file, now, now).catch(() => undefined);
    return deserialize(value) as unknown;
  } catch {
    await rm(file, { force: true });
    return null;
  }
}

/** Written to a temporary file and renamed, so that readers never see a partial file. */
async function writeRecord(file: string, value: unknown): Promise<void> {
  const bytes = serialize(value);
  const hash = createHash('sha256').update(bytes).digest();
  const temporary = `${file}.${randomUUID()}.tmp`;
  try {
    await writeFile(temporary, Buffer.concat([hash, bytes]), { mode: 0o600 });
    await rename(temporary, file);
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  }
}

/** Removes the least recently used files until the others fit. */
async function shrink(folder: string, maxBytes: number): Promise<void> {
  const names = await readdir(folder);
  const files = await Promise.all(
    names.map(async (name) => {
      const found = await stat(join(folder, name)).catch(() => null);
      return { name, sizeBytes: found?.size ?? 0, usedAt: found?.mtimeMs ?? 0 };
    })
  );
  let total = files.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
  for (const { name, sizeBytes } of files.sort((a, b) => a.usedAt - b.usedAt)) {
    if (total <= maxBytes) return;
    await rm(join(folder, name), { force: true });
    total -= sizeBytes;
  }
}

async function exists(file: string): Promise<boolean> {
  return stat(file).then(
    () => true,
    () => false
  );
}
