import { createHash } from 'node:crypto';
import type { ServerResponse } from 'node:http';
import { reply, serve, type FakeServer, type Seen } from './fake-registry.ts';

export const digestOf = (bytes: string | Buffer): string =>
  `sha256:${createHash('sha256').update(bytes).digest('hex')}`;

export const types = {
  index: 'application/vnd.oci.image.index.v1+json',
  manifest: 'application/vnd.oci.image.manifest.v1+json',
  config: 'application/vnd.oci.image.config.v1+json',
  layer: 'application/vnd.oci.image.layer.v1.tar+gzip'
};

export interface FakeImage {
  readonly manifest: string;
  readonly config: string;
  readonly layers: Buffer[];
}

/** An image of one platform; `change` replaces parts of its config. */
export function makeImage(architecture: string, layers: Buffer[], change: object = {}): FakeImage {
  const config = JSON.stringify({
    created: '2026-11-24T12:00:00Z',
    os: 'linux',
    architecture,
    config: {
      Env: ['A=b'],
      Cmd: ['sh'],
      ExposedPorts: { '80/tcp': {} },
      Healthcheck: { Test: ['NONE'], Interval: 5e9 }
    },
    rootfs: { type: 'layers', diff_ids: layers.map((layer) => digestOf(`unpacked ${digestOf(layer)}`)) },
    history: [
      { created_by: 'CMD ["sh"]', empty_layer: true },
      ...layers.map((_, index) => ({
        created_by: `RUN /bin/sh -c make ${index} # buildkit`,
        created: '2026-11-24T12:00:00Z'
      }))
    ],
    ...change
  });
  const manifest = JSON.stringify({
    schemaVersion: 2,
    mediaType: types.manifest,
    config: { mediaType: types.config, digest: digestOf(config), size: config.length },
    layers: layers.map((layer) => ({ mediaType: types.layer, digest: digestOf(layer), size: layer.length }))
  });
  return { manifest, config, layers };
}

/** An index of images, with an attestation like BuildKit's. */
export function makeIndex(images: Record<string, FakeImage>): string {
  const manifests = Object.entries(images).map(([platform, { manifest }]) => {
    const [os, architecture, variant] = platform.split('/');
    return { mediaType: types.manifest, digest: digestOf(manifest), size: 1, platform: { os, architecture, variant } };
  });
  const attestation = {
    mediaType: types.manifest,
    digest: digestOf('attestation'),
    size: 1,
    platform: { os: 'unknown', architecture: 'unknown' },
    annotations: { 'vnd.docker.reference.type': 'attestation-manifest' }
  };
  return JSON.stringify({ schemaVersion: 2, mediaType: types.index, manifests: [attestation, ...manifests] });
}

/** A registry with these blobs and manifests; `ada/x:1` is `top`. `before` may answer a request itself. */
export async function serveImages(
  top: string,
  images: FakeImage[],
  before: (seen: Seen, response: ServerResponse) => boolean = () => false
): Promise<FakeServer> {
  const manifests = new Map([
    ['1', top],
    ...[top, ...images.map((image) => image.manifest)].map((text) => [digestOf(text), text] as const)
  ]);
  const blobs = new Map(
    images.flatMap(({ config, layers }) => [config, ...layers].map((blob) => [digestOf(blob), blob] as const))
  );
  return serve((seen, response) => {
    if (before(seen, response)) return;
    const [, kind, name = ''] = /^\/v2\/ada\/x\/(manifests|blobs)\/(.+)$/.exec(seen.url.pathname) ?? [];
    const found = kind === 'manifests' ? manifests.get(name) : blobs.get(name);
    if (found === undefined) {
      reply(response, 404, { errors: [{ code: 'MANIFEST_UNKNOWN', message: 'manifest unknown' }] });
    } else {
      const limits = { 'ratelimit-limit': '100;w=21600', 'ratelimit-remaining': '98;w=21600' };
      response.writeHead(200, { 'content-type': 'application/octet-stream', ...limits }).end(found);
    }
  });
}
