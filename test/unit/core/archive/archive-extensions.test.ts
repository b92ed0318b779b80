import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { expect, it } from 'vitest';
import { archiveExtensions, type ArchiveExtension } from '#contract/domain/archive-extensions.ts';
import { scanPath } from '#core/analysis/scan-image.ts';
import { bzip2, xz } from '../tar/compress.ts';
import { scratchFolder } from '../scratch-folder.ts';
import { legacyFiles, makeImage, packFiles } from './image-archive.ts';

const archive = await packFiles(legacyFiles(await makeImage([{ file: 'x' }])));

const compress: Record<ArchiveExtension['compression'], (data: Buffer) => Buffer> = {
  none: (data) => data,
  gzip: (data) => gzipSync(data),
  zstd: (data) => execFileSync('zstd', ['-c'], { input: data }),
  xz,
  bzip2
};

it.each(archiveExtensions)('an archive named .$extension is read', async (one) => {
  const path = join(scratchFolder(), `image.${one.extension}`);
  writeFileSync(path, compress[one.compression](archive));
  expect((await scanPath(path, { signal: new AbortController().signal })).layers).toHaveLength(1);
});
