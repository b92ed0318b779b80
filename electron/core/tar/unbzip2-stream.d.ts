/**
 * The part of the package unbzip2-stream that decodes blocks. It comes without types, so tsconfig.base.json names these for
 * every layer.
 */
declare const bzip2: {
  /** Reads a stream's header: the size of its blocks, in 100,000 bytes. */
  header(readBits: bzip2.ReadBits): number;
  /** Decodes a block. Returns the checksum of the stream so far; null at its end. */
  decompress(
    readBits: bzip2.ReadBits,
    onByte: (byte: number) => void,
    work: Int32Array,
    workLength: number,
    streamCrc: number
  ): number | null;
};

declare namespace bzip2 {
  /** Reads up to 32 bits; null skips to the next byte. */
  type ReadBits = (count: number | null) => number;
}

export = bzip2;
