/** The default file name for these images: "shop-api-1.8.2.tar", "shop-api-1.8.2-and-2-more.tar". */
export function archiveName(images: readonly string[]): string {
  const [first = 'image'] = images;
  const name = first.replace(/^.*\//, '').replace(/^sha256:([0-9a-f]{12}).*$/, '$1');
  const clean = name.replace(/[^\w.-]+/g, '-');
  const more = images.length > 1 ? `-and-${images.length - 1}-more` : '';
  return `${clean}${more}.tar`;
}
