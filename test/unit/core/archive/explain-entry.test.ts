import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { Readable } from 'node:stream';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { scanPath, scanStream } from '#core/analysis/scan-image.ts';
import { archiveLimits } from '#core/tar/archive-limits.ts';
import { scratchFolder } from '../scratch-folder.ts';
import { bzip2, xz } from '../tar/compress.ts';
import { digestOf, legacyFiles, makeImage, ociFiles, packFiles, podmanFiles } from './image-archive.ts';
import type { Files } from './image-archive.ts';
import { reportOf } from './scan.ts';

const image = await makeImage([{ a: 'x' }, { b: 'yy' }]);
const signal = new AbortController().signal;

const failure = (work: Promise<unknown>): Promise<unknown> =>
  work.then(
    () => 'read',
    (error: unknown) => (error as { data: unknown }).data
  );
const failureOf = async (files: Files): Promise<unknown> => failure(reportOf(await packFiles(files)));

/** How files begin that Slipway does not read. */
const foreign: readonly [format: string, start: Buffer][] = [
  ['zip', Buffer.from('PK\x03\x04rest', 'latin1')],
  ['7z', Buffer.from('377abcaf271c0004', 'hex')],
  ['lz4', Buffer.from('04224d1864a7', 'hex')],
  ['lzma', Buffer.from('5d00008000ffffffffffffffff00', 'hex')],
  ['lzip', Buffer.from('LZIP\x01\x0c', 'latin1')],
  ['compress', Buffer.from('1f9d9061', 'hex')],
  ['squashfs', Buffer.from('hsqs____')],
  ['ar', Buffer.from('!<arch>\ndebian-binary')],
  ['html', Buffer.from('\n<!DOCTYPE html><title>404</title>')]
].map(([format, start]) => [format as string, Buffer.concat([start as Buffer, Buffer.alloc(2000, 0x41)])]);

describe.each(foreign)('a %s file', (format, data) => {
  it('is named for what it is, as an archive and as a layer, wherever it is', async () => {
    expect(await failure(reportOf(data))).toEqual({ code: 'archive-unsupported', entry: 'a.tar', format });
    expect(await failure(reportOf(gzipSync(data)))).toEqual({ code: 'archive-unsupported', entry: 'a.tar', format });
    const files = ociFiles([image], () => data);
    const layer = `blobs/sha256/${digestOf(data).slice(7)}`;
    expect(await failureOf(files)).toEqual({ code: 'archive-unsupported', entry: layer, format });
    const folder = scratchFolder();
    for (const [name, bytes] of Object.entries(files)) {
      mkdirSync(dirname(join(folder, name)), { recursive: true });
      writeFileSync(join(folder, name), bytes);
    }
    expect(await failure(scanPath(folder, { signal }))).toEqual({ code: 'archive-unsupported', entry: layer, format });
  });
});

describe('a layer', () => {
  const files = legacyFiles(image);
  const [name = ''] = Object.keys(files);

  it('that is missing is incomplete, and one that is something else is damaged', async () => {
    const others = Object.fromEntries(Object.entries(files).filter(([path]) => path !== name));
    expect(await failureOf(others)).toEqual({ code: 'archive-blob-missing', digest: name });
    for (const data of ['', 'no layer', '{"json":true}', 'x'.repeat(9000)]) {
      expect(await failureOf({ ...files, [name]: data })).toEqual({
        code: 'archive-damaged',
        entry: name,
        detail: { reason: 'not-a-layer' }
      });
    }
  });

  it('may be compressed with xz or bzip2, in an archive that is too', async () => {
    for (const compress of [xz, bzip2]) {
      const archive = await packFiles(ociFiles([image], (data) => compress(data)));
      for (const whole of [archive, compress(archive)]) {
        expect((await reportOf(whole)).layers.map(({ compression }) => compression)).toEqual(
          image.layers.map(() => (compress === xz ? 'xz' : 'bzip2'))
        );
      }
    }
  });
});

describe('a document', () => {
  const files = podmanFiles(image);

  it('that is missing is incomplete, and one that is something else is damaged', async () => {
    const config = `${digestOf(image.config).slice(7)}.json`;
    const others = Object.fromEntries(Object.entries(files).filter(([path]) => path !== config));
    expect(await failureOf(others)).toEqual({ code: 'archive-blob-missing', digest: digestOf(image.config) });
    const detail = { reason: 'not-a-document' };
    for (const data of ['', 'text', image.layers[0] ?? '']) {
      expect(await failureOf({ ...files, 'manifest.json': data })).toEqual({
        code: 'archive-damaged',
        entry: 'manifest.json',
        detail
      });
    }
    expect(await failureOf({ ...files, 'manifest.json': '[{' })).toMatchObject({ detail: { reason: 'invalid-json' } });
  });

  it('that is too large for what it is names the limit', async () => {
    const limits = { ...archiveLimits, maxDocumentBytes: 1000 };
    const large = { ...files, 'manifest.json': `[${' '.repeat(2000)}]` };
    expect(await failure(reportOf(await packFiles(large), { limits }))).toEqual({
      code: 'archive-too-large',
      entry: 'manifest.json',
      limit: 'maxDocumentBytes',
      maximum: 1000
    });
  });
});

describe('names in manifest.json', () => {
  it.each(['./', '/', '././'])('may start with %s', async (prefix) => {
    const files = legacyFiles(image);
    const [manifest] = JSON.parse(String(files['manifest.json'])) as [{ Config: string; Layers: string[] }];
    const dotted = {
      ...manifest,
      Config: prefix + manifest.Config,
      Layers: manifest.Layers.map((one) => prefix + one)
    };
    const all = { ...files, 'manifest.json': JSON.stringify([dotted]) };
    const entries = Object.entries(all).map(([name, data]) => [`./${name}`, data]);
    const report = await reportOf(await packFiles(Object.fromEntries(entries) as Files));
    expect(report.layers.map(({ diffId }) => diffId)).toEqual(image.layers.map(digestOf));
    expect(report.configDigest).toBe(digestOf(image.config));
  });
});

describe('an archive in a form that is not read', () => {
  const id = 'a'.repeat(64);

  it.each<[string, Files, object]>([
    [
      'from Docker before 1.10',
      {
        [`${id}/VERSION`]: '1.0',
        [`${id}/json`]: '{}',
        [`${id}/layer.tar`]: image.layers[0] ?? '',
        repositories: '{}'
      },
      { code: 'archive-unsupported', entry: 'a.tar', format: 'docker-save-v1' }
    ],
    [
      'from "skopeo copy dir:"',
      { version: 'Directory Transport Version: 1.1', 'manifest.json': '{"schemaVersion":2,"layers":[]}' },
      { code: 'archive-unsupported', entry: 'a.tar', format: 'skopeo-directory' }
    ],
    [
      'from "docker export"',
      { 'etc/passwd': 'root', 'usr/bin/sh': '' },
      { code: 'archive-not-an-image', detail: { reason: 'container-export' } }
    ],
    [
      'with other files',
      { 'readme.txt': 'x' },
      { code: 'archive-not-an-image', detail: { reason: 'no-image-documents' } }
    ]
  ])('%s is named for what it is', async (_, files, expected) => {
    expect(await failureOf(files)).toMatchObject(expected);
  });

  it('with a manifest of schema 1, an encrypted layer or another digest is named for what it is', async () => {
    const files = ociFiles([image]);
    const { manifests } = JSON.parse(String(files['index.json'])) as { manifests: [{ digest: string }] };
    const path = `blobs/sha256/${manifests[0].digest.slice(7)}`;
    const manifest = JSON.parse(String(files[path])) as { layers: object[] };
    const withManifest = (changed: object): Files => {
      const blob = Buffer.from(JSON.stringify(changed));
      const index = { manifests: [{ mediaType: '', digest: digestOf(blob) }] };
      return {
        ...files,
        [`blobs/sha256/${digestOf(blob).slice(7)}`]: blob,
        'index.json': JSON.stringify(index)
      };
    };
    const schema1 = { schemaVersion: 1, name: 'ada/app', fsLayers: [{ blobSum: 'sha256:0' }] };
    expect(await failureOf(withManifest(schema1))).toMatchObject({ format: 'manifest-schema-1' });
    const mediaType = 'application/vnd.oci.image.layer.v1.tar+gzip+encrypted';
    const encrypted = { ...manifest, layers: manifest.layers.map((layer) => ({ ...layer, mediaType })) };
    expect(await failureOf(withManifest(encrypted))).toMatchObject({ format: 'encrypted-layer' });
    const digest = `sha512:${'0'.repeat(128)}`;
    const sha512 = { ...manifest, layers: manifest.layers.map((layer) => ({ ...layer, digest })) };
    expect(await failureOf(withManifest(sha512))).toMatchObject({ format: 'digest-algorithm' });
  });
});

describe('a source without an end', () => {
  function* repeat(chunk: Buffer): Generator<Buffer> {
    for (;;) yield chunk;
  }
  const scan = (source: Iterable<Buffer>): Promise<unknown> =>
    scanStream(Readable.from(source), { kind: 'archive', name: '-' }, { signal });

  it('of zeros, text or noise is soon found to be no archive', async () => {
    for (const byte of [0, 0x79, 0xff]) {
      expect(await failure(scan(repeat(Buffer.alloc(65_536, byte))))).toEqual({
        code: 'archive-not-an-image',
        archive: '-',
        detail: { reason: 'not-a-tar' }
      });
    }
  });

  it('of zeros after an archive is read up to the end of the archive', async () => {
    const archive = await packFiles(legacyFiles(image));
    const source = function* (): Generator<Buffer> {
      yield archive;
      yield* repeat(Buffer.alloc(65_536));
    };
    expect(await scan(source())).toMatchObject({ layers: [{}, {}] });
  });
});

it('a layer without the padding of its tar, as Podman 4 writes zstd:chunked, is the same layer', async () => {
  const withoutPadding = (data: Buffer): Buffer => gzipSync(data.subarray(0, 512 * 4));
  const padding = Buffer.alloc(10_240 - 512 * 4);
  const [layer = padding] = (await makeImage([{ a: 'x' }])).layers;
  const padded = Buffer.concat([layer, padding]);
  const config = Buffer.from(JSON.stringify({ os: 'linux', rootfs: { diff_ids: [digestOf(padded)] } }));
  const report = await reportOf(await packFiles(ociFiles([{ layers: [padded], config }], withoutPadding)));
  expect(report).toMatchObject({ fileCount: 1, layers: [{ diffId: digestOf(padded) }] });
  const changed = (data: Buffer): Buffer => gzipSync(Buffer.concat([data.subarray(0, 512 * 3), Buffer.from('x')]));
  expect(await failureOf(ociFiles([{ layers: [padded], config }], changed))).not.toBe('read');
});
