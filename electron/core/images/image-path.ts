import { AppError } from '../util/app-error.ts';

/**
 * An image's place in the engine's API: "/images/alice/app:1/json" for `what` "json". The name goes into the path as it is,
 * and what could leave the path is no image's name: then image-not-found is thrown.
 */
export function imagePath(image: string, what: string): string {
  if (!/^[\w][\w.:/@[\]-]*$/.test(image) || image.includes('..')) {
    throw new AppError('image-not-found', { reference: image.slice(0, 500) });
  }
  return what === '' ? `/images/${image}` : `/images/${image}/${what}`;
}
