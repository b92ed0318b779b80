/** What is limited when an image archive is read. */
export const archiveLimitNames = [
  'maxUncompressedBytes',
  'maxDocumentBytes',
  'maxDocumentsBytes',
  'maxEntries',
  'maxNameBytes',
  'maxHeaderBytes',
  'maxDepth'
] as const;
