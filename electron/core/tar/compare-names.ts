/** Compares names by their bytes, as Go sorts strings; escaped bytes (see `decodeName`) count as the original bytes. */
export function compareNames(left: string, right: string): number {
  if (left === right) return 0;
  const length = Math.min(left.length, right.length);
  for (let at = 0; at < length; at++) {
    const a = left.charCodeAt(at);
    const b = right.charCodeAt(at);
    // Below the surrogates UTF-16 and UTF-8 sort identically.
    if (a !== b) return a < 0xd800 && b < 0xd800 ? a - b : Buffer.compare(bytesOf(left), bytesOf(right));
  }
  return left.length - right.length;
}

function bytesOf(name: string): Buffer {
  const parts: Buffer[] = [];
  for (const character of name) {
    const code = character.codePointAt(0) ?? 0;
    parts.push(code >= 0xdc80 && code <= 0xdcff ? Buffer.from([code - 0xdc00]) : Buffer.from(character));
  }
  return Buffer.concat(parts);
}
