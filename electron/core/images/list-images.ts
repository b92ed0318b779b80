import type { ImageSummary } from '#contract/schema/image.ts';
import type { EngineClient } from '../engine/engine-client.ts';
import { engineImageListSchema, readAnswer, readImageId } from './engine-image-schemas.ts';
import { readNames } from '../oci/read-tags.ts';

/** The engine's images, newest first, including untagged ones. Throws what EngineClient throws. */
export async function listImages(engine: EngineClient, signal?: AbortSignal): Promise<ImageSummary[]> {
  const answer = await engine.json({ method: 'GET', path: '/images/json', ...(signal && { signal }) });
  return readAnswer(engineImageListSchema, answer)
    .map((image) => ({
      id: readImageId(image.Id),
      tags: readNames(image.RepoTags, image.RepoDigests),
      sizeBytes: Math.max(0, image.Size),
      createdAt: Math.max(0, image.Created * 1000)
    }))
    .sort((a, b) => b.createdAt - a.createdAt);
}
