import type { ComparisonReport } from '#contract/schema/comparison.ts';
import { shorten } from './draw-cells.ts';

type Image = Pick<ComparisonReport['images'][number], 'tags' | 'source'>;

/** What each image is called in a document, with what it was read from where two are called the same. */
export function nameImages(images: readonly Image[]): string[] {
  const names = images.map(nameImage);
  return names.map((name, image) => {
    const source = images[image] ? sourceName(images[image].source) : name;
    const isAlone = names.filter((other) => other === name).length === 1;
    return isAlone || source === name ? name : `${name} (${source})`;
  });
}

/** The name that it was asked for by: an image may have other tags, which its reader never chose. Else its tag. */
function nameImage({ tags, source }: Image): string {
  const isRequestedByName = source.kind === 'registry' || (source.kind === 'engine' && !isId(source.name));
  return isRequestedByName ? source.name : (tags[0] ?? sourceName(source));
}

const isId = (name: string): boolean => /^(sha256:)?[0-9a-f]{12,64}$/.test(name);

/** An id is told by as many of its digits as docker shows. */
function sourceName({ name }: Image['source']): string {
  return /^sha256:([0-9a-f]{12})/.exec(name)?.[1] ?? name;
}

/** Cuts a name to so many characters: what stands before its last slash goes first, for its end tells images apart. */
export function shortenName(name: string, characters: number): string {
  if (name.length <= characters) return shorten(name, characters);
  const slash = name.lastIndexOf('/');
  return shorten(slash < 0 ? name : `…${name.slice(slash)}`, characters);
}
