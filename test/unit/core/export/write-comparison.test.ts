import { Readable } from 'node:stream';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { writtenFormatsOf, type WrittenFormatOf } from '#contract/domain/export-formats.ts';
import { comparisonReportSchema } from '#contract/schema/comparison.ts';
import { scanStream } from '#core/analysis/scan-image.ts';
import { ComparisonExplorer } from '#core/compare/comparison-explorer.ts';
import { writeMarkdown } from '#core/export/write-markdown.ts';
import { nameImages, shortenName } from '#core/export/name-images.ts';
import { writeComparison } from '#core/export/formats.ts';
import { ImageExplorer } from '#core/analysis/explore/image-explorer.ts';
import { defaultRules } from '#core/filetree/check-rules.ts';
import { legacyFiles, makeImage, packFiles, type Files } from '../archive/image-archive.ts';
import { elementsOf } from './well-formed.ts';

interface ImageOptions {
  readonly env?: string[];
  readonly createdBy?: string;
  readonly tag?: string;
}

async function explore(layers: Files[], { env = [], createdBy, tag }: ImageOptions = {}): Promise<ImageExplorer> {
  const made = await makeImage(layers);
  const madeConfig = JSON.parse(made.config.toString()) as { history: { created_by: string; empty_layer?: boolean }[] };
  const history = madeConfig.history.map((row) => ({ ...row, created_by: createdBy ?? row.created_by }));
  const config = Buffer.from(JSON.stringify({ ...madeConfig, config: { Env: env }, history }));
  const archive = await packFiles(legacyFiles({ ...made, config }, tag));
  const { signal } = new AbortController();
  const scanned = await scanStream(Readable.from([archive]), { kind: 'archive', name: 'x.tar' }, { signal });
  const rules = { ...defaultRules, rulesFrom: 'defaults', rulesError: null } as const;
  return new ImageExplorer(scanned, { rules, builtFrom: null });
}

const formats = writtenFormatsOf('comparison');
type Written = Record<WrittenFormatOf<'comparison'>, string>;
const write = (images: ImageExplorer[]): Written => {
  const report = new ComparisonExplorer(images, []).report(0);
  return Object.fromEntries(formats.map((format) => [format, writeComparison(images, report, format)])) as Written;
};

describe('a comparison as a file', () => {
  test('is complete in each format', async () => {
    const images = [await explore([{ 'a/gone': 'x'.repeat(5000) }]), await explore([{ 'a/new': 'y'.repeat(700) }])];
    const { html, markdown, json, svg } = write(images);
    expect(comparisonReportSchema.parse(JSON.parse(json))).toMatchObject({ changedCount: 2 });
    expect(markdown).toContain('| `/a/gone` | 5.0 kB | – (−5.0 kB) | removed |');
    expect(elementsOf(svg)).toEqual(new Set(['svg', 'title', 'desc', 'defs', 'pattern', 'rect', 'text', 'g']));
    expect(elementsOf(html)).toContain('table');
    for (const expected of ['/a/gone', '−4.3 kB', 'removed', '86% smaller']) expect(html).toContain(expected);
    // The areas of the pictures are proportional to their bytes.
    const rooms = [...svg.matchAll(/<\/text><svg x="0" y="[\d.]+" width="([\d.]+)" height="([\d.]+)">/g)];
    const [full = 0, slim = 1] = rooms.map(([, width, height]) => Number(width) * Number(height));
    expect(full / slim).toBeCloseTo(5000 / 700, 3);
  });

  test('reports in a pull request that packages were compared, even if none differ', async () => {
    const { json } = write([await explore([{ a: 'x' }]), await explore([{ a: 'xy' }])]);
    const report = comparisonReportSchema.parse(JSON.parse(json));
    const packages = { images: [0, 1], rows: [], leftOutCount: 0, totals: [], unread: [], changedCount: 0 };
    expect(writeMarkdown(report)).not.toContain('### Packages');
    expect(writeMarkdown({ ...report, packages })).toContain('### Packages\n\nNo packages found');
  });

  test('contains no secret anywhere', async () => {
    const secret = 'hunter2-hunter2';
    const options = { env: [`API_TOKEN=${secret}`], createdBy: `/bin/sh -c PASSWORD=${secret} make` };
    for (const text of Object.values(write([await explore([{ a: 'x' }], options), await explore([{ a: 'xy' }])]))) {
      expect(text).not.toContain(secret);
    }
  });

  test('supports empty images', async () => {
    for (const text of Object.values(write([await explore([{}]), await explore([{}])])))
      expect(text).not.toMatch(/NaN|Infinity/);
  });

  test('escapes the names of images, files and commands', async () => {
    const hostile = fc.stringMatching(/^[<>&"'`a/]{1,12}$/).map((text) => `<img src=x onerror=1>${text}`);
    await fc.assert(
      fc.asyncProperty(hostile, async (text) => {
        const name = text.replaceAll('/', '');
        const options = { env: [`A=${text}`], createdBy: `/bin/sh -c ${text}`, tag: text };
        const images = [await explore([{ [`f/${name}`]: 'x'.repeat(99) }], options), await explore([{ a: 'x' }])];
        const { svg, html } = write(images);
        expect(elementsOf(svg)).not.toContain('img');
        expect(elementsOf(html)).not.toContain('img');
      }),
      { numRuns: 40 }
    );
  });
});

describe('the titles of images', () => {
  const id = `sha256:${'0123456789ab'.repeat(6).slice(0, 64)}`;
  const image = (tags: string[], name: string, kind: 'engine' | 'archive' | 'registry' = 'engine') => ({
    tags,
    source: { kind, name }
  });

  test('those with the same name are distinguished by their source', () => {
    const images = [image(['a:1'], 'x.tar', 'archive'), image(['a:1'], 'a:1'), image([], id)];
    expect(nameImages(images)).toEqual(['a:1 (x.tar)', 'a:1', '0123456789ab']);
  });

  test('a truncated name keeps its end', () => {
    expect(shortenName('shop/api:1', 20)).toBe('shop/api:1');
    expect(shortenName('registry.example.org:5000/team/shop/api:1', 20)).toBe('…/api:1');
    expect(shortenName('registry.example.org/payments-api-gateway:1', 20)).toBe('…/payments-api-gate…');
    expect(shortenName('x'.repeat(30), 5)).toBe('xxxx…');
  });

  test('an image with several tags has the requested one', () => {
    const tags = ['127.0.0.1:5000/alice/api:1', 'shop/api:full'];
    const images = [image(tags, 'shop/api:full'), image(tags, id), image(tags, 'example.org/api:2', 'registry')];
    expect(nameImages(images)).toEqual(['shop/api:full', tags[0], 'example.org/api:2']);
  });
});
