import { parseReference, type Reference } from '#contract/domain/reference.ts';
import { AppError } from '../util/app-error.ts';
import type { EngineClient } from '../engine/engine-client.ts';
import { imagePath } from './image-path.ts';

/**
 * Adds a name to an image; a name of another image is moved. Without a tag it is "latest". Throws
 * reference-invalid, image-not-found, and what EngineClient throws.
 */
export async function addTag(engine: EngineClient, image: string, text: string): Promise<void> {
  const parsed = parseReference(text);
  if (!parsed.ok) throw new AppError('reference-invalid', { reference: text.slice(0, 500), reason: parsed.reason });
  await tagImage(engine, image, parsed.reference);
}

/** Like addTag, for a parsed name. A digest is not allowed: it throws reference-invalid. */
export async function tagImage(
  engine: EngineClient,
  image: string,
  reference: Reference,
  signal?: AbortSignal
): Promise<void> {
  const repo = `${reference.domain}/${reference.path}`;
  if (reference.digest !== null) throw new AppError('reference-invalid', { reference: repo, reason: 'bad-digest' });
  await engine.json({
    method: 'POST',
    path: imagePath(image, 'tag'),
    query: { repo, tag: reference.tag ?? 'latest' },
    ...(signal && { signal })
  });
}
