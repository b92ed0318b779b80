/** Above about 100 KiB of header lines, Node's HTTP/2 may close the connection. */
const maxMetadataBytes = 64 * 1024;
/** Min overhead of a header line. */
const lineBytes = 3;

/** Whether an engine can send these patterns with a request for files. Each is one header line. */
export function fitsMetadata(patterns: readonly string[]): boolean {
  // If one is not ASCII, all are percent-encoded, by Go, which escapes more characters than JavaScript.
  const isEncoded = patterns.some((pattern) => Buffer.byteLength(pattern) > pattern.length);
  const lengths = patterns.map((pattern) => (isEncoded ? escapeQuery(pattern) : pattern).length + lineBytes);
  return lengths.reduce((sum, length) => sum + length, 0) <= maxMetadataBytes;
}

function escapeQuery(text: string): string {
  return encodeURIComponent(text).replace(/[!'()*]/g, '%00');
}
