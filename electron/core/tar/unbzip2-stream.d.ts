/** The part of the package that decodes blocks. It comes without types; every layer that compiles core includes this file. */
declare module 'unbzip2-stream/lib/bzip2.js' {
  /** Reads up to 32 bits; null skips to the next byte. */
  type ReadBits = (count: number | null) => number;

  const bzip2: {
    /** Reads a stream's header: the size of its blocks, in 100,000 bytes. */
    header(readBits: ReadBits): number;
    /** Decodes a block. Returns the checksum of the stream so far; null at its end. */
    decompress(
      readBits: ReadBits,
      onByte: (byte: number) => void,
      work: Int32Array,
      workLength: number,
      streamCrc: number
    ): number | null;
  };
  export = bzip2;
}
