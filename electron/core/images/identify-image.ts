import type { ImageConfig } from '../oci/image-documents.ts';
import { formatPlatform } from '../oci/platform.ts';
import { readTags } from '../oci/read-tags.ts';
import { engineImageSchema, readAnswer, readImageId } from './engine-image-schemas.ts';

/** An image in an engine, whichever of its names it was requested by. */
export interface EngineImageIdentity {
  /** As "docker inspect" takes it. */
  readonly imageId: string;
  /** All of them, sorted. */
  readonly tags: string[];
  /** All there is of an image without layers; null for one with layers. */
  readonly withoutLayers: { config: ImageConfig; platform: string } | null;
}

/** Reads the response of GET /images/{name}/json. Throws engine-failed for an unexpected one. */
export function identifyImage(answer: unknown): EngineImageIdentity {
  const inspected = readAnswer(engineImageSchema, answer);
  const platform = { os: inspected.Os, architecture: inspected.Architecture, variant: inspected.Variant };
  const config = { ...platform, created: inspected.Created, config: inspected.Config };
  const isEmpty = inspected.RootFS?.Layers.length === 0;
  return {
    imageId: readImageId(inspected.Id),
    tags: readTags(inspected.RepoTags).sort(),
    withoutLayers: isEmpty
      ? { platform: formatPlatform(platform), config: { ...config, rootfs: { diff_ids: [] }, history: [] } }
      : null
  };
}
