import { createHash } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import tar from 'tar-stream';

/** A file of a made-up layer or archive; a name ending in "/" is a directory. */
export type Files = Record<string, string | Buffer>;

export const digestOf = (data: Buffer): string => `sha256:${createHash('sha256').update(data).digest('hex')}`;
const blob = (data: Buffer): string => `blobs/sha256/${digestOf(data).slice(7)}`;
const json = (value: unknown): Buffer => Buffer.from(JSON.stringify(value));

export async function packFiles(files: Files): Promise<Buffer> {
  const packer = tar.pack();
  for (const [name, data] of Object.entries(files)) {
    if (name.endsWith('/')) packer.entry({ name, type: 'directory', mtime: new Date(0) });
    else packer.entry({ name, mtime: new Date(0) }, data);
  }
  packer.finalize();
  const parts: Buffer[] = [];
  for await (const part of packer) parts.push(part as Buffer);
  return Buffer.concat(parts);
}

export interface MadeImage {
  layers: Buffer[];
  config: Buffer;
}

/** An image whose history has a row for each layer, and one without a layer. */
export async function makeImage(
  layers: Files[],
  platform = { os: 'linux', architecture: 'amd64' }
): Promise<MadeImage> {
  const packedLayers = await Promise.all(layers.map(packFiles));
  const history = packedLayers.flatMap((_, index) => [
    { created_by: `/bin/sh -c make ${index}` },
    { created_by: `/bin/sh -c #(nop)  ENV N=${index}`, empty_layer: true }
  ]);
  const rootfs = { type: 'layers', diff_ids: packedLayers.map(digestOf) };
  return { layers: packedLayers, config: json({ ...platform, rootfs, history }) };
}

/** As "docker save" wrote it up to 24: the JSON files come last. */
export function legacyFiles({ layers, config }: MadeImage, tag = 'sample:1'): Files {
  const names = layers.map((_, index) => `${String(index).repeat(64)}/layer.tar`);
  const configName = `${digestOf(config).slice(7)}.json`;
  return {
    ...Object.fromEntries(layers.map((layer, index) => [names[index] ?? '', layer])),
    [configName]: config,
    'manifest.json': json([{ Config: configName, RepoTags: [tag], Layers: names }])
  };
}

/** An OCI layout with several images in one index, as written by BuildKit, including provenance. */
export function ociFiles(
  images: (MadeImage & { platform?: object; name?: string })[],
  pack = gzipSync as (data: Buffer) => Buffer
): Files {
  const files: Files = {};
  const keep = (data: Buffer, rest: object = {}): object => {
    files[blob(data)] = data;
    return { digest: digestOf(data), size: data.length, ...rest };
  };
  const manifests = images.map(({ layers, config, platform, name }) => {
    const kept = layers.map((layer) => keep(pack(layer), { mediaType: 'application/vnd.oci.image.layer.v1.tar+gzip' }));
    const mediaType = 'application/vnd.oci.image.config.v1+json';
    const manifest = json({ schemaVersion: 2, config: keep(config, { mediaType }), layers: kept });
    return keep(manifest, { platform, annotations: name === undefined ? {} : { 'io.containerd.image.name': name } });
  });
  const provenance = keep(json({ attestation: true }), {
    platform: { os: 'unknown', architecture: 'unknown' },
    annotations: { 'vnd.docker.reference.type': 'attestation-manifest' }
  });
  const mediaType = 'application/vnd.oci.image.index.v1+json';
  const inner = keep(json({ schemaVersion: 2, mediaType, manifests: [provenance, ...manifests] }), { mediaType });
  return {
    'oci-layout': json({ imageLayoutVersion: '1.0.0' }),
    'index.json': json({ schemaVersion: 2, manifests: images.length === 1 ? manifests : [inner] }),
    ...files
  };
}

/**
 * As written by kaniko and other users of go-containerregistry: one manifest.json, a config named by its digest,
 * compressed layers.
 */
export function kanikoFiles({ layers, config }: MadeImage, tag = 'sample:1'): Files {
  const packedLayers = layers.map((layer) => gzipSync(layer));
  const names = packedLayers.map((data) => `${digestOf(data).slice(7)}.tar.gz`);
  return {
    [digestOf(config)]: config,
    ...Object.fromEntries(packedLayers.map((data, index) => [names[index] ?? '', data])),
    'manifest.json': json([{ Config: digestOf(config), RepoTags: [tag], Layers: names }])
  };
}

/** As written by Podman: each layer is named by its diffID. */
export function podmanFiles({ layers, config }: MadeImage, tag = 'sample:1'): Files {
  const names = layers.map((layer) => `${digestOf(layer).slice(7)}.tar`);
  const configName = `${digestOf(config).slice(7)}.json`;
  return {
    ...Object.fromEntries(layers.map((layer, index) => [names[index] ?? '', layer])),
    [configName]: config,
    repositories: json({ sample: { 1: 'x' } }),
    'manifest.json': json([{ Config: configName, RepoTags: [tag], Layers: names }])
  };
}
