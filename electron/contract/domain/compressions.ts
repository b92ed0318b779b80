/** How a layer or an archive can be compressed. */
export const compressions = ['none', 'gzip', 'zstd', 'xz', 'bzip2'] as const;
export type Compression = (typeof compressions)[number];
