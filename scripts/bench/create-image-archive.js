import { createHash } from 'node:crypto';
import { createWriteStream, existsSync, mkdirSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { pipeline } from 'node:stream/promises';
import tar from 'tar-stream';
import { root } from '../setup/root.js';

/** Part of the file's name, so that a changed recipe creates new files. */
const RECIPE = 1;
const FILES_PER_LAYER = 15_000;
const FILES_PER_FOLDER = 30;
const CONTENT_BYTES = 16 << 20;

/** Small, fast and the same everywhere: https://github.com/bryc/code/blob/master/jshash/PRNGs.md#mulberry32 */
function randomFrom(seed) {
  let state = seed | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

/**
 * An archive as "docker save" writes it: 8 layers of 15,000 files in 500 folders, 1.3 GB of incompressible data. The
 * same
 * bytes every time. Created once and cached in .cache; takes some 20 s.
 * @param {{ whiteouts: number, layerCount?: number, otherLayers?: number }} recipe `whiteouts`: how many files of lower
 * layers the upper ones remove; `otherLayers`: how many of the last layers are other ones, with the same paths
 * @returns {Promise<{ file: string, layers: string[] }>} the archive, and its layers' paths inside of it, base first
 */
export async function createImageArchive({ whiteouts, layerCount = 8, otherLayers = 0 }) {
  const folder = join(root, '.cache/bench');
  const other = otherLayers === 0 ? '' : `-${otherLayers}-other`;
  const file = join(folder, `image-${RECIPE}-${layerCount}-layers-${whiteouts}-whiteouts${other}.tar`);
  const layers = Array.from({ length: layerCount }, (_, layer) => `${String(layer).repeat(64)}/layer.tar`);
  if (existsSync(file)) return { file, layers };
  mkdirSync(folder, { recursive: true });
  await pipeline(pack(packArchive(whiteouts, layers, otherLayers)), createWriteStream(`${file}.part`));
  renameSync(`${file}.part`, file);
  return { file, layers };
}

/** A tar of these entries, created while it is read. */
function pack(entries) {
  const packer = tar.pack();
  const addAll = async () => {
    for await (const { data = '', ...header } of entries) {
      const all = { mtime: new Date(1e12), size: Buffer.byteLength(data), ...header };
      await new Promise((added) => packer.entry(all, added).end(data));
    }
    packer.finalize();
  };
  addAll().catch((error) => packer.destroy(error));
  return packer;
}

async function* packArchive(whiteouts, names, otherLayers) {
  let random = randomFrom(whiteouts);
  const content = Buffer.from(Uint32Array.from({ length: CONTENT_BYTES / 4 }, () => random() * 2 ** 32).buffer);
  const diffIds = [];
  const removedByEach = Math.floor(whiteouts / (names.length - 1));
  for (const [layer, name] of names.entries()) {
    const removed = layer === 0 ? 0 : removedByEach;
    if (layer === names.length - otherLayers) random = randomFrom(-1 - layer);
    const data = await buffer(pack(layerEntries(layer, removed, content, random)));
    diffIds.push(`sha256:${createHash('sha256').update(data).digest('hex')}`);
    yield { name, data };
  }
  const history = names.map((_, layer) => ({ created_by: `/bin/sh -c make layer ${layer}` }));
  const rootfs = { type: 'layers', diff_ids: diffIds };
  const config = JSON.stringify({ os: 'linux', architecture: 'amd64', rootfs, history });
  const configName = `${createHash('sha256').update(config).digest('hex')}.json`;
  yield { name: configName, data: config };
  const manifest = [{ Config: configName, RepoTags: ['bench:1'], Layers: names }];
  yield { name: 'manifest.json', data: JSON.stringify(manifest) };
}

const folderOf = (layer, file) => `usr/lib/part-${layer}/folder-${Math.floor(file / FILES_PER_FOLDER)}`;

function* layerEntries(layer, removed, content, random) {
  yield { name: `usr/lib/part-${layer}/`, type: 'directory' };
  for (let file = 0; file < FILES_PER_LAYER; file++) {
    const folder = folderOf(layer, file);
    if (file % FILES_PER_FOLDER === 0) yield { name: `${folder}/`, type: 'directory' };
    const from = Math.floor(random() * content.length * 0.75);
    yield { name: `${folder}/file-${file}.so`, data: content.subarray(from, from + sizeOf(random)) };
  }
  for (let n = 0; n < removed; n++) {
    const file = Math.floor(((n + 0.5) * FILES_PER_LAYER) / removed);
    yield { name: `${folderOf(layer - 1, file)}/.wh.file-${file}.so`, data: '' };
  }
}

/** Most files are small, and most bytes are in a few large ones. */
function sizeOf(random) {
  const kind = random();
  const below = kind < 0.9 ? 8 << 10 : kind < 0.999 ? 64 << 10 : 6 << 20;
  return Math.floor(random() * below);
}
