import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { Readable } from 'node:stream';
import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import { Cancelled } from '#core/util/app-error.ts';
import type { RequestedFile } from '#core/archive/layer-files-reader.ts';
import { readLayerFiles, type LayerSource } from '#core/analysis/read-layer-files.ts';
import { digestOf, legacyFiles, makeImage, ociFiles, packFiles, type Files } from '../archive/image-archive.ts';

const folder = mkdtempSync(join(tmpdir(), 'layer-files-'));
afterAll(() => rmSync(folder, { recursive: true }));
const { signal } = new AbortController();

/** Requests some paths, and stores the content of each. */
function want(paths: readonly string[], maxBytes = Infinity) {
  const kept = new Map<string, string>();
  const ended: string[] = [];
  const files = new Map<string, RequestedFile>(
    paths.map((path) => {
      let text = '';
      const start = (): undefined => void (text = '');
      const write = (chunk: Buffer): undefined => void (text += chunk.toString('latin1'));
      const end = (): void => {
        kept.set(path, text);
        ended.push(path);
      };
      return [path, { maxBytes, sink: { start, write, end } }];
    })
  );
  return { files, kept, ended };
}

function streamOf(archive: Buffer, chunkBytes = 3000): { source: LayerSource; opened: () => number } {
  let opened = 0;
  const chunks: Buffer[] = [];
  for (let at = 0; at < archive.length; at += chunkBytes) chunks.push(archive.subarray(at, at + chunkBytes));
  const open = () => {
    opened++;
    return Promise.resolve(Readable.from(chunks));
  };
  return { source: { kind: 'stream', name: 'export', open }, opened: () => opened };
}

const contents: Files[] = [
  { a: 'one', 'b/c': 'x'.repeat(5000) },
  { d: 'not requested' },
  { a: 'two', empty: '', e: 'z'.repeat(9000) }
];
const image = await makeImage(contents);
const [first, , third] = image.layers;
const pathsOf = (files: Files): string[] =>
  image.layers.map((layer) => Object.keys(files).find((name) => files[name] === layer) ?? '');
const plain = ociFiles([image], (data) => data);
const archive = await packFiles(plain);
const [firstPath = '', , thirdPath = ''] = pathsOf(plain);
const requests = (one: ReturnType<typeof want>, other: ReturnType<typeof want>) => [
  { layer: { path: thirdPath, diffId: digestOf(third ?? Buffer.of()) }, files: other.files },
  { layer: { path: firstPath, diffId: digestOf(first ?? Buffer.of()) }, files: one.files }
];

describe('files of several layers', () => {
  it('are read in one pass over an archive, a compressed one, a stream and a folder', async () => {
    writeFileSync(join(folder, 'image.tar'), archive);
    for (const [path, data] of Object.entries(plain)) {
      mkdirSync(dirname(join(folder, 'layout', path)), { recursive: true });
      writeFileSync(join(folder, 'layout', path), data);
    }
    const stream = streamOf(archive);
    const sources: LayerSource[] = [
      { kind: 'path', path: join(folder, 'image.tar') },
      { kind: 'path', path: join(folder, 'layout') },
      stream.source
    ];
    for (const source of sources) {
      const [one, other] = [want(['a', 'b/c', 'nowhere']), want(['a', 'e', 'empty'])];
      const reported: number[] = [];
      const options = { signal, onBytes: (bytes: number) => reported.push(bytes) };
      const [inThird, inFirst] = await readLayerFiles(source, requests(one, other), options);
      expect([...one.kept]).toEqual([
        ['a', 'one'],
        ['b/c', 'x'.repeat(5000)]
      ]);
      expect([...other.kept].sort()).toEqual([
        ['a', 'two'],
        ['e', 'z'.repeat(9000)],
        ['empty', '']
      ]);
      expect([inFirst?.size, inThird?.size]).toEqual([2, 3]);
      expect(reported.length).toBeGreaterThan(0);
    }
    expect(stream.opened()).toBe(1);
  });

  it('are truncated to the requested size', async () => {
    const [one, other] = [want(['b/c'], 10), want(['e'], 0)];
    await readLayerFiles(streamOf(archive).source, requests(one, other), { signal });
    expect([one.kept.get('b/c'), other.kept.get('e')]).toEqual(['x'.repeat(10), '']);
  });

  it('are verified: a layer other than the requested one is rejected, and so is a missing one', async () => {
    const one = want(['a']);
    const ask = (path: string, diffId: string) =>
      readLayerFiles(streamOf(archive).source, [{ layer: { path, diffId }, files: one.files }], { signal });
    const code = (expectedCode: string): object => ({ data: { code: expectedCode } });
    await expect(ask(firstPath, digestOf(third ?? Buffer.of()))).rejects.toMatchObject(code('archive-digest-mismatch'));
    await expect(ask('nowhere', digestOf(first ?? Buffer.of()))).rejects.toMatchObject(code('archive-blob-missing'));
  });

  it('are read for two names of one layer, one a link to the other', async () => {
    const data = first ?? Buffer.of();
    const linked = await packFiles({ 'x/layer.tar': data, 'y/layer.tar': third ?? Buffer.of() });
    const { source, opened } = streamOf(linked);
    const [one, other] = [want(['a']), want(['b/c'])];
    const layer = { path: 'x/layer.tar', diffId: digestOf(data) };
    await readLayerFiles(
      source,
      [
        { layer, files: one.files },
        { layer, files: other.files }
      ],
      { signal }
    );
    expect([one.kept.get('a'), other.kept.get('b/c')?.length, opened()]).toEqual(['one', 5000, 1]);
  });

  it('stop coming at a cancel, even if the source says nothing more', async () => {
    const cancelled = new AbortController();
    let isSilent = false;
    const silent = new Readable({
      read: () => {
        if (!isSilent) silent.push(archive.subarray(0, 2000));
        else {
          setImmediate(() => cancelled.abort());
        }
        isSilent = true;
      }
    });
    const source: LayerSource = { kind: 'stream', name: 'x', open: () => Promise.resolve(silent) };
    const [one, other] = [want(['a']), want(['e'])];
    const reading = readLayerFiles(source, requests(one, other), { signal: cancelled.signal });
    await expect(reading).rejects.toThrow(Cancelled);
  });

  it('are the content of the layers, for any requests and chunks', async () => {
    const name = fc.constantFrom('a', 'b', 'c/d', 'c/e', 'f/g/h');
    const layer = fc.dictionary(name, fc.string({ unit: 'grapheme-ascii', maxLength: 1500 }), {
      noNullPrototype: true
    });
    await fc.assert(
      fc.asyncProperty(
        fc.array(layer, { minLength: 1, maxLength: 4 }),
        fc.uniqueArray(name),
        fc.integer({ min: 1, max: 3000 }),
        async (layers, paths, chunkBytes) => {
          const made = await makeImage(layers);
          const files = legacyFiles(made);
          const { source } = streamOf(await packFiles(files), chunkBytes);
          const sinks = layers.map(() => want(paths));
          const requested = made.layers.map((data, index) => ({
            layer: { path: `${String(index).repeat(64)}/layer.tar`, diffId: digestOf(data) },
            files: sinks[index]?.files ?? new Map<string, RequestedFile>()
          }));
          await readLayerFiles(source, requested, { signal });
          const expected = layers.map((each) =>
            Object.fromEntries(Object.entries(each).filter(([p]) => paths.some((each) => each === p)))
          );
          expect(sinks.map(({ kept }) => Object.fromEntries(kept))).toEqual(expected);
        }
      ),
      { numRuns: 60 }
    );
  });
});
