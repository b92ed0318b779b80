import { describe, expect, it } from 'vitest';
import { configSchema, indexSchema, manifestSchema } from '#core/oci/image-documents.ts';
import { isImageManifest } from '#core/oci/is-image-manifest.ts';
import { digestOf, makeImage, ociFiles, packFiles } from './image-archive.ts';
import type { Files } from './image-archive.ts';
import { reportOf } from './scan.ts';

const json = (value: unknown): Buffer => Buffer.from(JSON.stringify(value));
const image = await makeImage([{ a: 'x' }, { b: 'yy' }]);
const imageConfig = 'application/vnd.oci.image.config.v1+json';
const manifestType = 'application/vnd.oci.image.manifest.v1+json';

/** An OCI layout of these documents; each is named by its digest. */
function layout(index: object, blobs: readonly Buffer[]): Files {
  const named = blobs.map((blob): [string, Buffer] => [`blobs/sha256/${digestOf(blob).slice(7)}`, blob]);
  return { 'oci-layout': '{"imageLayoutVersion":"1.0.0"}', 'index.json': json(index), ...Object.fromEntries(named) };
}

const descriptorOf = (blob: Buffer, mediaType: string, more: object = {}): object => ({
  mediaType,
  digest: digestOf(blob),
  size: blob.length,
  ...more
});

const failure = async (files: Files): Promise<unknown> =>
  reportOf(await packFiles(files)).then(
    () => 'read',
    (error: unknown) => (error as { data: unknown }).data
  );

describe('an image without layers', () => {
  it.each([
    ['null', { layers: null }, { diff_ids: null }],
    ['an empty list', { layers: [] }, { diff_ids: [] }],
    ['missing', {}, {}]
  ])('is one of no files where its layers are %s', async (_, layers, rootfs) => {
    const config = json({ os: 'linux', architecture: 'amd64', config: null, history: null, rootfs });
    const manifest = json({ schemaVersion: 2, config: descriptorOf(config, imageConfig), ...layers });
    const files = layout({ manifests: [descriptorOf(manifest, manifestType)] }, [config, manifest]);
    expect(await reportOf(await packFiles(files))).toMatchObject({
      layers: [],
      imageSizeBytes: 0,
      fileCount: 0,
      efficiency: 1,
      wastedBytes: 0,
      platform: 'linux/amd64'
    });
    const saved = { 'c.json': config, 'manifest.json': json([{ Config: 'c.json', RepoTags: null, Layers: null }]) };
    expect(await reportOf(await packFiles(saved))).toMatchObject({ layers: [], tags: [] });
  });

  it.each([
    ['null', { 'index.json': json({ schemaVersion: 2, manifests: null }) }],
    ['an empty list', { 'index.json': json({ manifests: [] }) }],
    ['missing', { 'index.json': json({ schemaVersion: 2 }) }],
    ['null in "docker save"', { 'manifest.json': json(null) }],
    ['an empty list in "docker save"', { 'manifest.json': json([]) }]
  ])('is not an archive without images, whose list is %s', async (_, files) => {
    expect(await failure(files)).toMatchObject({ code: 'archive-not-an-image', detail: { reason: 'index-empty' } });
  });
});

describe('an optional field', () => {
  const layers = ociFiles([image]);
  const configName = Object.keys(layers).find((name) => layers[name]?.toString().startsWith('{"os"')) ?? '';
  const good = JSON.parse(String(layers[configName])) as Record<string, unknown>;

  it.each([
    ['config', null],
    ['config', ''],
    ['config', { Env: null, Entrypoint: null, Labels: null, ExposedPorts: null, Volumes: null, User: null }],
    ['created', null],
    ['created', 5],
    ['created', ''],
    ['variant', null],
    ['history', null],
    ['history', 'none'],
    ['history', [null, { created_by: null, empty_layer: null }]],
    ['os', null],
    ['author', { wrong: 1 }]
  ])('%s that is %j neither refuses the image nor empties it', async (field, value) => {
    const config = json({ ...good, [field]: value });
    const report = await reportOf(await packFiles(ociFiles([{ ...image, config }])));
    expect(report.layers.map(({ diffId }) => diffId)).toEqual(image.layers.map(digestOf));
  });

  it('of a descriptor may be null or of another type', () => {
    const digest = digestOf(Buffer.of());
    const odd = { digest, mediaType: null, size: '12', platform: null, annotations: { a: null, b: 5, c: 'd' } };
    expect(indexSchema.parse({ manifests: [odd, null, 'x', { mediaType: 'none' }] }).manifests).toEqual([
      { digest, mediaType: '', size: 0, platform: null, annotations: { a: '', b: '', c: 'd' } }
    ]);
  });

  it('leaves the other settings as they are', () => {
    const config = { Env: ['A=1', 5, 'B=2'], Cmd: 'sh', Labels: { a: 'b', c: null, d: 1 }, User: 7, WorkingDir: '/w' };
    expect(configSchema.parse({ config }).config).toMatchObject({
      Env: ['A=1', 'B=2'],
      Cmd: [],
      Labels: { a: 'b', c: '' },
      User: '',
      WorkingDir: '/w'
    });
  });

  it('is not the digest of a layer: a layer is never left out', async () => {
    const config = json({ os: 'linux', rootfs: { diff_ids: [] } });
    const manifest = json({ config: descriptorOf(config, imageConfig), layers: [{ mediaType: 'tar', digest: null }] });
    const files = layout({ manifests: [descriptorOf(manifest, manifestType)] }, [config, manifest]);
    expect(await failure(files)).toMatchObject({ code: 'archive-damaged' });
  });
});

describe('in the index of an image', () => {
  const others = [
    ['a signature of cosign', imageConfig, 'application/vnd.dev.cosign.simplesigning.v1+json'],
    ['an attestation of cosign', imageConfig, 'application/vnd.dsse.envelope.v1+json'],
    ['an SBOM', imageConfig, 'text/spdx+json'],
    ['a signature of Notation', 'application/vnd.cncf.notary.signature', 'application/jose+json'],
    ['an artifact without a config', 'application/vnd.oci.empty.v1+json', 'application/vnd.in-toto+json'],
    ['a Helm chart', 'application/vnd.cncf.helm.config.v1+json', 'application/vnd.cncf.helm.chart.content.v1.tar+gzip'],
    ['a WebAssembly module', 'application/vnd.wasm.config.v0+json', 'application/wasm']
  ] as const;

  it.each(others)('%s is neither an image nor a choice, first or last', async (_, configType, layerType) => {
    const files = ociFiles([{ ...image, name: 'docker.io/ada/app:1' }]);
    const { manifests } = JSON.parse(String(files['index.json'])) as { manifests: object[] };
    const config = json({ rootfs: { diff_ids: ['sha256:0'] } });
    const blob = json({ critical: {} });
    const manifest = json({
      schemaVersion: 2,
      config: descriptorOf(config, configType),
      layers: [descriptorOf(blob, layerType)]
    });
    const name = { annotations: { 'org.opencontainers.image.ref.name': 'sha256-1dfb.sig' } };
    const other = descriptorOf(manifest, manifestType, name);
    for (const list of [
      [other, ...manifests],
      [...manifests, other]
    ]) {
      const all = { ...layout({ manifests: list }, [config, blob, manifest]) };
      const report = await reportOf(await packFiles({ ...files, ...all }));
      expect(report.layers).toHaveLength(2);
      expect(report.tags).toEqual(['ada/app:1']);
    }
    expect(await failure(layout({ manifests: [other] }, [config, blob, manifest]))).toMatchObject({
      code: 'archive-not-an-image',
      detail: { reason: 'artifacts-only' }
    });
  });

  it('a manifest that is missing, damaged or of another kind does not prevent reading it', async () => {
    const files = ociFiles([image]);
    const { manifests } = JSON.parse(String(files['index.json'])) as { manifests: object[] };
    const noJson = Buffer.from('{no json');
    const odd = [
      descriptorOf(Buffer.from('missing'), manifestType),
      descriptorOf(noJson, manifestType),
      { mediaType: manifestType, digest: `sha512:${'a'.repeat(128)}` },
      { mediaType: 'application/vnd.oci.artifact.manifest.v1+json', digest: digestOf(Buffer.from('artifact')) }
    ];
    const all = { ...files, ...layout({ manifests: [...odd, ...manifests] }, [noJson]) };
    expect((await reportOf(await packFiles(all))).layers).toHaveLength(2);
  });
});

it('images are recognized by the types that engines and old registries write', () => {
  const manifestOf = (configType: string, ...layerTypes: string[]) =>
    manifestSchema.parse({
      config: { mediaType: configType, digest: 'sha256:0' },
      layers: layerTypes.map((mediaType) => ({ mediaType, digest: 'sha256:0' }))
    });
  const docker = 'application/vnd.docker.container.image.v1+json';
  expect(isImageManifest(manifestOf(docker, 'application/vnd.docker.image.rootfs.diff.tar.gzip'))).toBe(true);
  expect(isImageManifest(manifestOf(docker, 'application/vnd.docker.image.rootfs.foreign.diff.tar.gzip'))).toBe(true);
  expect(isImageManifest(manifestOf('application/octet-stream', ''))).toBe(true);
  expect(isImageManifest(manifestOf(imageConfig, 'application/vnd.oci.image.layer.v1.tar+zstd'))).toBe(true);
  expect(isImageManifest(manifestOf(imageConfig))).toBe(true);
  expect(isImageManifest(manifestSchema.parse({ config: null }))).toBe(false);
});
