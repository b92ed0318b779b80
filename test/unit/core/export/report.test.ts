import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { Readable } from 'node:stream';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import type { WrittenFormatOf } from '#contract/domain/export-formats.ts';
import { analysisReportSchema } from '#contract/schema/analysis.ts';
import { scanStream } from '#core/analysis/scan-image.ts';
import { ImageExplorer } from '#core/analysis/explore/image-explorer.ts';
import { defaultRules } from '#core/filetree/check-rules.ts';
import { markup } from '#core/export/markup.ts';
import { writeAnalysis } from '#core/export/formats.ts';
import { darkColors, lightColors } from '#core/export/report-colors.ts';
import { legacyFiles, makeImage, packFiles, type Files } from '../archive/image-archive.ts';
import { elementsOf } from './well-formed.ts';

const root = resolve(import.meta.dirname, '../../../..');

async function explore(layers: Files[], tag?: string): Promise<(format: WrittenFormatOf<'analysis'>) => string> {
  const archive = await packFiles(legacyFiles(await makeImage(layers), tag));
  const signal = new AbortController().signal;
  const scanned = await scanStream(Readable.from([archive]), { kind: 'archive', name: 'image.tar' }, { signal });
  const rules = { ...defaultRules, rulesFrom: 'defaults', rulesError: null } as const;
  const explorer = new ImageExplorer(scanned, { rules, builtFrom: null });
  return (format) => writeAnalysis(explorer, format);
}

const hostile: Files[] = [
  {
    'a<script>alert(1)<': 'x'.repeat(9000),
    '"><img src=x onerror=alert(1)>': 'y'.repeat(5000),
    'b&\u202eexe.\u0007': 'z'.repeat(800)
  },
  { "d'/e<!--": 'w'.repeat(4000), 'a<script>alert(1)<': 'v' }
];

describe('markup', () => {
  test('escapes values', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const written = markup`<p title="${text}">${text}</p>`.text;
        expect(elementsOf(written)).toEqual(new Set(['p']));
        expect(written.match(/"/g)).toHaveLength(2);
      })
    );
  });

  test('writes no character that XML does not allow or that changes the text direction', () => {
    expect(markup`${'a\u0000\u001b\u202e\ud800\ufffe\tb'}`.text).toBe('a␀␛���\tb');
  });
});

describe('a report', () => {
  test('as a picture is well-formed for any file names', async () => {
    const picture = (await explore(hostile))('svg');
    const known = ['svg', 'title', 'desc', 'defs', 'pattern', 'rect', 'g', 'text'];
    expect([...elementsOf(picture)].sort()).toEqual(known.sort());
    expect(picture).toContain('/a&lt;script&gt;alert(1)&lt;, 9.0 kB, 9.0 kB hidden');
    expect(picture.match(/url\([^)]*\)/g)?.every((url) => url === 'url(#hidden)')).toBe(true);
  });

  test('as a page has no scripts and no external resources', async () => {
    const page = (await explore(hostile, 'alice/<b>app</b>:1'))('html');
    const elements = elementsOf(page.replace(/<style>[^<]*<\/style>/, ''));
    for (const name of ['script', 'img', 'link', 'iframe', 'a']) expect(elements).not.toContain(name);
    expect(page).toContain(`content="default-src &#39;none&#39;; style-src &#39;sha256-`);
    expect(page).not.toMatch(/\s(on\w+|style|src|href)=["'](?!0)/);
    expect(page).toContain('<h1>alice/&lt;b&gt;app&lt;/b&gt;:1</h1>');
    expect(page).toContain('make 1');
  });

  test('of an empty image is still a page and a picture', async () => {
    const write = await explore([{ 'empty/': '' }]);
    expect(elementsOf(write('svg'))).toContain('svg');
    expect(write('html')).toContain('No path is stored in more than one layer.');
  });

  test('as JSON matches its schema', async () => {
    const report: unknown = JSON.parse((await explore(hostile))('json'));
    expect(analysisReportSchema.parse(report)).toEqual(report);
    const schema = z.toJSONSchema(analysisReportSchema, { io: 'input' });
    await expect(`${JSON.stringify(schema, null, 2)}\n`).toMatchFileSnapshot(
      resolve(root, 'docs/analysis-report.schema.json')
    );
  });

  test("in dive's format lists each layer, with a directory's contents before the directory", async () => {
    const write = await explore([
      { 'b/': '', 'b/f': 'five!', 'a/x': '1' },
      { 'b/.wh.f': '', 'b/f2': '22' }
    ]);
    const { layer, image } = JSON.parse(write('dive-json')) as {
      layer: { fileList: { path: string }[] }[];
      image: unknown;
    };
    expect(layer.map(({ fileList }) => fileList.map(({ path }) => path))).toEqual([
      ['a/x', '', 'b/f', 'b'],
      ['b/.wh.f', 'b/f2', '']
    ]);
    expect(layer[0]).toMatchObject({ index: 0, sizeBytes: 6, command: 'make 0' });
    expect(layer[0]?.fileList[3]).toEqual({
      path: 'b',
      typeFlag: 53,
      linkName: '',
      size: 0,
      fileMode: 2147484141,
      uid: 0,
      gid: 0,
      isDir: true
    });
    expect(image).toEqual({
      sizeBytes: 8,
      inefficientBytes: 5,
      efficiencyScore: 0.375,
      fileReference: [{ count: 2, sizeBytes: 5, file: '/b/f' }]
    });
  });

  test('has the colors of the page', () => {
    const [dark = '', light = ''] = readFileSync(resolve(root, 'renderer/src/styles/tokens.css'), 'utf8').split(
      ":root[data-theme='light']"
    );
    for (const [name, value] of Object.entries(darkColors)) expect(dark).toContain(`--${name}: ${value};`);
    for (const [name, value] of Object.entries(lightColors)) expect(light).toContain(`--${name}: ${value};`);
  });
});
