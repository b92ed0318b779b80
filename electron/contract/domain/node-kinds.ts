/** What an entry of a layer is; `implied` is a folder that only paths of others name. The order is kept on disk: add at the end. */
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
