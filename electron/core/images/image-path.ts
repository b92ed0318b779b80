import { AppError } from '../util/app-error.ts';

/**
 * The path of an image in the engine's API: "/images/alice/app:1/json" for `what` "json"; empty for the image itself. A
 * name is inserted unescaped. Throws image-not-found for a text that could leave the path, which is not an image's
 * name.
 */
export function imagePath(image: string, what: string): string {
  if (!/^[\w[][\w.:/@[\]-]*$/.test(image) || image.includes('..')) {
    throw new AppError('image-not-found', { reference: image.slice(0, 500) });
  }
  return what === '' ? `/images/${image}` : `/images/${image}/${what}`;
}
