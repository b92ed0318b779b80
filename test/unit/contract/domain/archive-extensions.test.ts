import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import {
  archiveExtensions,
  archiveSuffixes,
  findArchiveExtension,
  withoutArchiveExtension
} from '#contract/domain/archive-extensions.ts';
import { analysisExportName } from '#contract/domain/export-name.ts';

const root = resolve(import.meta.dirname, '../../../..');

describe.each(archiveExtensions)('the extension $extension', (one) => {
  it('is recognized in a file name of any case, and only at its end', () => {
    expect(findArchiveExtension(`/home/alice/app.${one.extension}`)).toBe(one);
    expect(findArchiveExtension(`APP.${one.extension.toUpperCase()}`)).toBe(one);
    expect(findArchiveExtension(`app-${one.extension}`)).toBeNull();
    expect(findArchiveExtension(`app.${one.extension}.txt`)).toBeNull();
  });

  it('is omitted from the name of an export', () => {
    expect(withoutArchiveExtension(`app.${one.extension}`)).toBe('app');
    const source = { kind: 'archive', name: `app.${one.extension}` } as const;
    expect(analysisExportName({ tags: [], source }, 'json')).toBe('app.json');
  });
});

it('other names are unchanged', () => {
  expect(withoutArchiveExtension('alice/app:1.2')).toBe('alice/app:1.2');
});

it('dialogs offer each', () => {
  expect(archiveSuffixes()).toEqual(['tar', 'gz', 'tgz', 'zst', 'xz', 'bz2']);
});

it('the package registers the formats that Slipway reads', () => {
  const text = readFileSync(resolve(root, 'electron-builder.yml'), 'utf8');
  const { linux } = parse(text) as { linux: { mimeTypes: string[] } };
  expect([...linux.mimeTypes].sort()).toEqual([...new Set(archiveExtensions.map(({ mimeType }) => mimeType))].sort());
});
