/** Beyond some 100 KiB of header lines Node's HTTP/2 may lose the whole connection. */
const maxMetadataBytes = 64 * 1024;
/** What the encoding of a header line adds, at least. */
const lineBytes = 3;

/** Whether an engine can send these patterns with a request for files: they come as header lines, one each. */
export function fitsMetadata(patterns: readonly string[]): boolean {
  // With one that is not ASCII, all are sent percent-encoded, and by Go, which escapes more than JavaScript does.
  const isEncoded = patterns.some((pattern) => Buffer.byteLength(pattern) > pattern.length);
  const lengths = patterns.map((pattern) => (isEncoded ? escapeQuery(pattern) : pattern).length + lineBytes);
  return lengths.reduce((sum, length) => sum + length, 0) <= maxMetadataBytes;
}

function escapeQuery(text: string): string {
  return encodeURIComponent(text).replace(/[!'()*]/g, '%00');
}
