import { Readable } from 'node:stream';
import { expect, test } from 'vitest';
import { writtenFormatsOf } from '#contract/domain/export-formats.ts';
import { scanStream } from '#core/analysis/scan-image.ts';
import { ImageExplorer } from '#core/analysis/explore/image-explorer.ts';
import { ComparisonExplorer } from '#core/compare/comparison-explorer.ts';
import { writeAnalysis, writeComparison } from '#core/export/formats.ts';
import { defaultRules } from '#core/filetree/check-rules.ts';
import { legacyFiles, makeImage, packFiles } from '../archive/image-archive.ts';
import { marker, packImageWithSecrets } from './image-with-secrets.ts';

async function explore(archive: Buffer): Promise<ImageExplorer> {
  const { signal } = new AbortController();
  const scanned = await scanStream(Readable.from([archive]), { kind: 'archive', name: 'x.tar' }, { signal });
  const rules = { ...defaultRules, rulesFrom: 'defaults', rulesError: null } as const;
  return new ImageExplorer(scanned, { rules, builtFrom: null });
}

const image = await explore(await packImageWithSecrets());
const other = await explore(await packFiles(legacyFiles(await makeImage([{ a: 'x' }]))));

test.each(writtenFormatsOf('analysis'))('an analysis as %s has no secret', (format) => {
  const text = writeAnalysis(image, format);
  expect(text).not.toMatch(marker);
  expect(text).toContain('/app/••••••••');
});

test.each(writtenFormatsOf('comparison'))('a comparison as %s has no secret', (format) => {
  const images = [image, other];
  const text = writeComparison(images, new ComparisonExplorer(images, []).report(0), format);
  expect(text).not.toMatch(marker);
});

test('the views of an image show no secret, until the settings are revealed', () => {
  const { overview, settings } = new ComparisonExplorer([image, other], []).answers;
  expect(JSON.stringify(image.answers.overview({}))).not.toMatch(marker);
  expect(JSON.stringify(overview({ baseline: 0 }))).not.toMatch(marker);
  expect(JSON.stringify(settings({ reveal: false }))).not.toMatch(marker);
  expect(JSON.stringify(settings({ reveal: true }))).toMatch(marker);
});
