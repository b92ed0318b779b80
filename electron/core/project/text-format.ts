/** How a text file is encoded on disk. */
export interface TextFormat {
  byteOrderMark: boolean;
  lineEnding: '\n' | '\r\n';
}

export const newFileFormat: TextFormat = { byteOrderMark: false, lineEnding: '\n' };

const byteOrderMark = '\uFEFF';

/** The text of a file with "\n" line endings, and its format; undefined if the bytes are not UTF-8 text. */
export function decodeText(bytes: Uint8Array): { text: string; format: TextFormat } | undefined {
  if (bytes.includes(0)) return undefined;
  let raw: string;
  try {
    raw = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return undefined;
  }
  const marked = raw.startsWith(byteOrderMark);
  const windows = raw.split('\r\n').length - 1;
  const unix = raw.split('\n').length - 1 - windows;
  return {
    text: (marked ? raw.slice(1) : raw).replaceAll('\r\n', '\n'),
    format: { byteOrderMark: marked, lineEnding: windows > unix ? '\r\n' : '\n' }
  };
}

/** Encodes a text in a format. A file with mixed line endings gets those of most of its lines. */
export function encodeText(text: string, { byteOrderMark: marked, lineEnding }: TextFormat): Buffer {
  const lines = text.replaceAll('\r\n', '\n').replaceAll('\n', lineEnding);
  return Buffer.from((marked ? byteOrderMark : '') + lines, 'utf8');
}
