/** What a file is; gives its colour. The order is that of the legend. */
export const fileKinds = [
  'program',
  'library',
  'source',
  'data',
  'documentation',
  'media',
  'archive',
  'cache',
  'other'
] as const;
export type FileKind = (typeof fileKinds)[number];
