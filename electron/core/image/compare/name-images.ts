import type { ComparisonReport } from '../../../contract/schema/comparison.ts';

type Image = Pick<ComparisonReport['images'][number], 'tags' | 'source'>;

/** What each image is called in a document: its tag, with what it was read from where two have the same. */
export function nameImages(images: readonly Image[]): string[] {
  const tags = images.map(({ tags: [first], source }) => first ?? sourceName(source));
  return tags.map((tag, image) => {
    const source = images[image] ? sourceName(images[image].source) : tag;
    const isAlone = tags.filter((other) => other === tag).length === 1;
    return isAlone || source === tag ? tag : `${tag} (${source})`;
  });
}

/** An id is told by as many of its digits as docker shows. */
function sourceName({ name }: Image['source']): string {
  return /^sha256:([0-9a-f]{12})/.exec(name)?.[1] ?? name;
}
