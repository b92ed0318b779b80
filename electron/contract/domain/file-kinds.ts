/** What a file is; determines its color. In the order of the legend. */
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
