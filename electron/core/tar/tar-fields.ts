const NUL = 0;

/**
 * A byte that is not UTF-8 becomes U+DC00 + byte (Python's surrogateescape): every name stays distinct and can be
 * converted back.
 */
function decodeEscaping(bytes: Uint8Array): string {
  const text: string[] = [];
  let at = 0;
  while (at < bytes.length) {
    const length = utf8Length(bytes, at);
    if (length === 0) text.push(String.fromCharCode(0xdc00 + (bytes[at] ?? 0)));
    else text.push(utf8.decode(bytes.subarray(at, at + length)));
    at += Math.max(1, length);
  }
  return text.join('');
}

const utf8 = new TextDecoder('utf-8', { ignoreBOM: true });
const strictUtf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** The length of the one valid UTF-8 character at `at`, or 0. */
function utf8Length(bytes: Uint8Array, at: number): number {
  const lead = bytes[at] ?? 0;
  const length = lead < 0x80 ? 1 : lead >= 0xf0 ? 4 : lead >= 0xe0 ? 3 : 2;
  try {
    strictUtf8.decode(bytes.subarray(at, at + length));
    return at + length <= bytes.length ? length : 0;
  } catch {
    return 0;
  }
}

/** Text of a tar header or a pax record; bytes that are not UTF-8 become lone surrogates. */
export function decodeName(bytes: Buffer): string {
  let ascii = true;
  for (const byte of bytes) {
    if (byte >= 0x80) {
      ascii = false;
      break;
    }
  }
  if (ascii) return bytes.toString('latin1');
  try {
    return strictUtf8.decode(bytes);
  } catch {
    return decodeEscaping(bytes);
  }
}

/** A name for display: with the bytes that `decodeName` escaped as \xNN. */
export function displayName(name: string): string {
  return name.replace(/[\udc80-\udcff](?<![\ud800-\udbff].)/g, (escaped) => {
    return `\\x${(escaped.charCodeAt(0) - 0xdc00).toString(16).padStart(2, '0')}`;
  });
}

/** A NUL-terminated text field of a header. */
export function readText(block: Buffer, offset: number, length: number): string {
  let end = offset;
  let bits = 0;
  for (; end < offset + length; end++) {
    const byte = block[end] ?? NUL;
    if (byte === NUL) break;
    bits |= byte;
  }
  if (end === offset) return '';
  return bits < 0x80 ? block.toString('latin1', offset, end) : decodeName(block.subarray(offset, end));
}

/**
 * A number in a header: octal digits, or base-256 if the top bit is set (GNU). NaN if it is neither, and if it is
 * larger than a double can represent exactly.
 */
export function readNumber(block: Buffer, offset: number, length: number): number {
  const lead = block[offset] ?? 0;
  if (lead & 0x80) {
    // 0x80 starts a positive number, 0xff a two's complement one: its value minus 256^(length-1).
    let value = lead & 0x40 ? (lead & 0x7f) - 0x80 : lead & 0x7f;
    for (let at = offset + 1; at < offset + length; at++) value = value * 256 + (block[at] ?? 0);
    return Number.isSafeInteger(value) ? value : Number.NaN;
  }
  let value = 0;
  let digits = false;
  for (let at = offset; at < offset + length; at++) {
    const byte = block[at] ?? 0;
    if (byte >= 0x30 && byte <= 0x37) {
      value = value * 8 + (byte - 0x30);
      digits = true;
    } else if (byte === NUL || byte === 0x20) {
      if (digits) break;
    } else return Number.NaN;
  }
  return Number.isSafeInteger(value) ? value : Number.NaN;
}

/** Whether the header's checksum is valid, as the sum of unsigned or, as some old tools write it, of signed bytes. */
export function hasValidChecksum(block: Buffer, offset = 0): boolean {
  let unsigned = 8 * 0x20;
  let high = 0;
  for (let at = offset; at < offset + 512; at++) {
    if (at === offset + 148) at += 8;
    const byte = block[at] ?? 0;
    unsigned += byte;
    if (byte >= 0x80) high++;
  }
  const declared = readNumber(block, offset + 148, 8);
  return declared === unsigned || declared === unsigned - 256 * high;
}

/** A view of the chunk as 32-bit words; null if its memory is not aligned. */
export function wordsOf(chunk: Buffer): Uint32Array | null {
  return chunk.byteOffset % 4 === 0 ? new Uint32Array(chunk.buffer, chunk.byteOffset, chunk.length >> 2) : null;
}

/** `hasValidChecksum` four bytes at a time, for an aligned block: the headers of every layer are summed. */
export function hasValidChecksumInWords(words: Uint32Array, block: Buffer, offset: number): boolean {
  const first = offset >> 2;
  // Two sums in one number, each of every other byte, at most 65,280.
  let sums = 0;
  for (let at = first; at < first + 128; at++) {
    const word = words[at] ?? 0;
    sums += (word & 0x00ff00ff) + ((word >>> 8) & 0x00ff00ff);
  }
  let unsigned = (sums & 0xffff) + (sums >>> 16) + 8 * 0x20;
  for (let at = offset + 148; at < offset + 156; at++) unsigned -= block[at] ?? 0;
  return readNumber(block, offset + 148, 8) === unsigned || hasValidChecksum(block, offset);
}

/** Whether all 512 bytes are zero: two such blocks end a tar. */
export function isZeroBlock(block: Buffer, offset = 0): boolean {
  for (let at = offset; at < offset + 512; at++) if (block[at] !== NUL) return false;
  return true;
}

/** The records of a pax header ("23 path=some/name\n"); null if they are damaged. */
export function readPaxRecords(data: Buffer): Map<string, Buffer> | null {
  const records = new Map<string, Buffer>();
  let at = 0;
  while (at < data.length) {
    if (data[at] === NUL) break;
    const space = data.indexOf(0x20, at);
    if (space < 0 || space - at > 10) return null;
    const length = Number(data.toString('latin1', at, space));
    const end = at + length;
    if (!Number.isInteger(length) || end > data.length || end <= space || data[end - 1] !== 0x0a) return null;
    const equals = data.indexOf(0x3d, space);
    if (equals < 0 || equals >= end) return null;
    records.set(data.toString('utf8', space + 1, equals), data.subarray(equals + 1, end - 1));
    at = end;
  }
  return records;
}
