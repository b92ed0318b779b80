import type { Manifest } from './image-documents.ts';

/** The config of an image; early registries have it as bytes, and some tools write no type at all. */
const imageConfig =
  /^$|^application\/(?:vnd\.oci\.image\.config\.v1\+json|vnd\.docker\.container\.image\.v1\+json|octet-stream)$/;
const layerType = /^$|tar|rootfs|image\.layer|octet-stream/;

/**
 * Whether a manifest is an image's. Signatures (cosign, Notation), attestations, SBOMs, Helm charts and other artifacts
 * have manifests too: with another kind of config, or with the config of an image, but without a layer of one.
 * https://github.com/opencontainers/image-spec/blob/main/manifest.md#guidelines-for-artifact-usage
 */
export function isImageManifest({ config, layers }: Manifest): boolean {
  if (!config || !imageConfig.test(config.mediaType)) return false;
  return layers.length === 0 || layers.some(({ mediaType }) => layerType.test(mediaType));
}

/** Whether a layer is encrypted: https://github.com/containers/ocicrypt/blob/main/spec/README.md */
export function isEncrypted(mediaType: string): boolean {
  return mediaType.endsWith('+encrypted');
}
