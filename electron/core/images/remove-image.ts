import { z } from 'zod';
import type { RemovedImage } from '#contract/schema/image.ts';
import { AppError } from '../util/app-error.ts';
import type { EngineClient } from '../engine/engine-client.ts';
import { readTags } from '../oci/read-tags.ts';
import { readAnswer, readImageId } from './engine-image-schemas.ts';
import { imagePath } from './image-path.ts';

/** Response of DELETE /images/{name}. Podman also lists layers as deleted, and some versions answer null. */
const removalSchema = z
  .array(z.object({ Untagged: z.string().max(1024).nullish(), Deleted: z.string().max(1024).nullish() }))
  .max(100_000)
  .nullish()
  .transform((steps) => steps ?? []);

/**
 * Removes one name of an image, or the image itself by its id; removing its last name also removes the image. `force`
 * also
 * removes an image that stopped containers use. Throws image-in-use, image-not-found, and what EngineClient throws.
 */
export async function removeImage(engine: EngineClient, image: string, force: boolean): Promise<RemovedImage> {
  try {
    const answer = await engine.json({ method: 'DELETE', path: imagePath(image, ''), query: { force } });
    const steps = readAnswer(removalSchema, answer);
    return {
      untagged: readTags(steps.flatMap(({ Untagged }) => Untagged ?? [])),
      deleted: steps.flatMap(({ Deleted }) => (Deleted == null ? [] : [readImageId(Deleted)]))
    };
  } catch (error) {
    if (error instanceof AppError && error.data.code === 'engine-failed' && error.data.status === 409) {
      throw new AppError('image-in-use', { reference: image, detail: error.data.detail }, { cause: error });
    }
    throw error;
  }
}
