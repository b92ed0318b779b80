/**
 * What an entry of a layer is. `implied` is a directory without an entry, known only from the paths below it. Cached
 * analyses store the index, so add new kinds at the end.
 */
export const nodeKinds = [
  'implied',
  'file',
  'hard-link',
  'symlink',
  'character',
  'block',
  'folder',
  'fifo',
  'other'
] as const;
export type NodeKind = (typeof nodeKinds)[number];
