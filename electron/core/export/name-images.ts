import type { ComparisonReport } from '#contract/schema/comparison.ts';
import { shorten } from './draw-cells.ts';

type Image = Pick<ComparisonReport['images'][number], 'tags' | 'source'>;

/** The title of each image in a document, with its source if two have the same title. */
export function nameImages(images: readonly Image[]): string[] {
  const names = images.map(nameImage);
  return names.map((name, image) => {
    const source = images[image] ? sourceName(images[image].source) : name;
    const isAlone = names.filter((other) => other === name).length === 1;
    return isAlone || source === name ? name : `${name} (${source})`;
  });
}

/** The requested name: an image may have other tags, which the user did not choose. Else its tag. */
function nameImage({ tags, source }: Image): string {
  const isRequestedByName = source.kind === 'registry' || (source.kind === 'engine' && !isId(source.name));
  return isRequestedByName ? source.name : (tags[0] ?? sourceName(source));
}

const isId = (name: string): boolean => /^(sha256:)?[0-9a-f]{12,64}$/.test(name);

/** A short id, with as many digits as docker prints. */
function sourceName({ name }: Image['source']): string {
  return /^sha256:([0-9a-f]{12})/.exec(name)?.[1] ?? name;
}

/**
 * Truncates a name to this many characters: the part before its last slash is dropped first, as image names differ at
 * the end.
 */
export function shortenName(name: string, characters: number): string {
  if (name.length <= characters) return shorten(name, characters);
  const slash = name.lastIndexOf('/');
  return shorten(slash < 0 ? name : `…${name.slice(slash)}`, characters);
}
