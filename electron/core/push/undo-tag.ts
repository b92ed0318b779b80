import { z } from 'zod';
import { formatReference, type Reference } from '#contract/domain/reference.ts';
import { AppError } from '../util/app-error.ts';
import type { EngineClient } from '../engine/engine-client.ts';
import { imagePath } from '../images/image-path.ts';
import { removeImage } from '../images/remove-image.ts';

const tagsSchema = z.object({ RepoTags: z.array(z.string()).nullable() });

/** Whether the engine has no image of this name yet. False if the engine does not say. */
export async function isFreeName(engine: EngineClient, reference: Reference, signal?: AbortSignal): Promise<boolean> {
  const path = imagePath(formatReference(reference), 'json');
  return engine.json({ method: 'GET', path, ...(signal && { signal }) }).then(
    () => false,
    (error: unknown) => error instanceof AppError && error.data.code === 'image-not-found'
  );
}

/** Removes a tag, but never an image's last one, with which the image itself would be removed. Never throws. */
export async function removeTag(engine: EngineClient, reference: Reference): Promise<void> {
  try {
    const name = formatReference(reference);
    const image = tagsSchema.parse(await engine.json({ method: 'GET', path: imagePath(name, 'json') }));
    if ((image.RepoTags ?? []).length > 1) await removeImage(engine, name, false);
  } catch {
    // The push's own error is the one to report.
  }
}
