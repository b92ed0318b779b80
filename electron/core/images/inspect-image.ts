import type { ImageDetail } from '#contract/schema/image.ts';
import type { EngineClient } from '../engine/engine-client.ts';
import { formatPlatform } from '../oci/platform.ts';
import { describeHistory, readTime, type BuiltFrom } from './describe-history.ts';
import { readTags } from '../oci/read-tags.ts';
import { readImageId } from './engine-image-schemas.ts';
import { readEngineImage } from './read-engine-image.ts';

/**
 * An image with its history, base first, matched to its layers, and to the Dockerfile's lines if `builtFrom` is given.
 * `image` is an id or a name. Throws what readEngineImage throws.
 */
export async function inspectImage(
  engine: EngineClient,
  image: string,
  options: { builtFrom?: BuiltFrom; signal?: AbortSignal } = {}
): Promise<ImageDetail> {
  const { inspected, diffIds, entries, join } = await readEngineImage(engine, image, options.signal);
  const { Os: os, Architecture: architecture, Variant: variant } = inspected;
  const platform = formatPlatform({ os, architecture, variant });
  const builtFrom = options.builtFrom && { platform, ...options.builtFrom };
  return {
    id: readImageId(inspected.Id),
    tags: readTags(inspected.RepoTags),
    repoDigests: inspected.RepoDigests,
    sizeBytes: entries.reduce((sum, row) => sum + row.sizeBytes, 0),
    createdAt: readTime(Date.parse(inspected.Created)),
    platform,
    layerCount: diffIds.length,
    joinExact: join.exact,
    ...describeHistory(entries, join, diffIds, builtFrom ?? null)
  };
}
