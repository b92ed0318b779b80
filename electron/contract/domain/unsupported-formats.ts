/** What Slipway recognizes, but cannot read. The words are in words/en/archive-formats.ts. */
export const unsupportedFormats = [
  // Files of other kinds, recognized by how they begin
  '7z',
  'ar',
  'compress',
  'cpio',
  'elf',
  'html',
  'lz4',
  'lzip',
  'lzma',
  'pdf',
  'qcow2',
  'rar',
  'rpm',
  'sif',
  'squashfs',
  'windows-program',
  'zip',
  // Settings of a compression
  'xz-dictionary',
  'xz-options',
  'zstd-dictionary',
  'zstd-window',
  // Images in a form that is not read
  'digest-algorithm',
  'docker-save-v1',
  'encrypted-layer',
  'manifest-schema-1',
  'skopeo-directory'
] as const;
export type UnsupportedFormat = (typeof unsupportedFormats)[number];
