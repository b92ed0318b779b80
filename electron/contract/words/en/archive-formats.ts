import type { UnsupportedFormat } from '../../domain/unsupported-formats.ts';

const otherFile = (what: string): string => `It is ${what}. Open an archive from "docker save", or an OCI layout.`;
const otherCompression = (name: string): string =>
  `It is compressed with ${name}. Use gzip, zstd, xz or bzip2, or no compression.`;

/** What a file is that Slipway cannot read, and what to do instead. */
export const archiveFormats: Record<UnsupportedFormat, string> = {
  '7z': otherFile('a 7z archive'),
  ar: otherFile('an ar archive, such as a Debian package'),
  compress: otherCompression('compress'),
  cpio: otherFile('a cpio archive'),
  elf: otherFile('a program'),
  html: 'It is an HTML page, probably from a failed download. Download the archive again.',
  lz4: otherCompression('LZ4'),
  lzip: otherCompression('lzip'),
  lzma: otherCompression('LZMA'),
  pdf: otherFile('a PDF document'),
  qcow2: otherFile('the disk of a virtual machine'),
  rar: otherFile('a RAR archive'),
  rpm: otherFile('an RPM package'),
  sif: otherFile('a Singularity image'),
  squashfs: otherFile('a SquashFS file system'),
  'windows-program': otherFile('a program'),
  zip: otherFile('a ZIP archive'),
  'xz-dictionary': 'It is compressed with xz and a dictionary larger than 64 MiB. Use "xz -9" or a lower level.',
  'xz-options':
    'It is compressed with xz and a filter or a checksum that Slipway does not support. Use "xz" without options.',
  'zstd-dictionary': 'It is compressed with zstd and a dictionary that it does not contain. Compress it without one.',
  'zstd-window': 'It is compressed with zstd and a window larger than 128 MiB ("--long"). Use "--long=27" or less.',
  'digest-algorithm': 'Its digest is not SHA-256.',
  'docker-save-v1':
    'It was saved by a version of Docker before 1.10. Load it with an engine that still reads it, and save it again.',
  'encrypted-layer': 'The layer is encrypted. Decrypt the image, for example with "skopeo copy --decryption-key".',
  'manifest-schema-1':
    'Its manifest has the obsolete schema 1. Pull the image with an engine that still reads it, and push or save it again.',
  'skopeo-directory':
    'It is a directory written by skopeo ("dir:"). Copy the image to "oci:" or "docker-archive:" instead.'
};
