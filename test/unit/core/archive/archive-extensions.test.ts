import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { expect, it } from 'vitest';
import { archiveExtensions, type ArchiveExtension } from '#contract/domain/archive-extensions.ts';
import { scanPath } from '#core/analysis/scan-image.ts';
import { scratchFolder } from '../scratch-folder.ts';
import { legacyFiles, makeImage, packFiles } from './image-archive.ts';

const archive = await packFiles(legacyFiles(await makeImage([{ file: 'x' }])));

const compress: Record<ArchiveExtension['compression'], (data: Buffer) => Buffer> = {
  none: (data) => data,
  gzip: (data) => gzipSync(data),
  zstd: (data) => execFileSync('zstd', ['-c'], { input: data }),
  // Only its first bytes are read.
  xz: () => Buffer.from('fd377a585a000004e6d6b446', 'hex'),
  bzip2: () => Buffer.from('BZh91AY&SY\0\0\0\0', 'latin1')
};

it.each(archiveExtensions)('an archive named .$extension is read, or rejected by its compression', async (one) => {
  const path = join(scratchFolder(), `image.${one.extension}`);
  writeFileSync(path, compress[one.compression](archive));
  const scanned = scanPath(path, { signal: new AbortController().signal });
  if (one.uses.includes('analyze')) expect((await scanned).layers).toHaveLength(1);
  else {
    await expect(scanned).rejects.toMatchObject({
      data: { code: 'archive-unsupported', archive: `image.${one.extension}`, compression: one.compression }
    });
  }
});
