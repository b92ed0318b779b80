import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { exportFormats } from '#contract/domain/export-formats.ts';
import { chooseArchiveToLoad, chooseArchiveToOpen, chooseFileToSave } from '../../../electron/main/archive-dialogs.ts';
import { saveExport } from '../../../electron/main/save-export.ts';
import { archiveSuffixes } from '#contract/domain/archive-extensions.ts';
import { scratchFolder } from '../core/scratch-folder.ts';
import { person, resetPerson } from './fake-electron.ts';

vi.mock('electron', () => import('./fake-electron.ts'));
beforeEach(resetPerson);

const exported = { format: 'html', title: 'Export', defaultName: 'x.html', bytes: Buffer.from('<p>') } as const;

describe('an export', () => {
  it('is written where the dialog says, readable for those it is passed on to', async () => {
    person.savesAs = join(scratchFolder(), 'report.html');
    expect(await saveExport(undefined, exported)).toEqual({ savedAs: 'report.html' });
    expect(readFileSync(person.savesAs, 'utf8')).toBe('<p>');
    expect(statSync(person.savesAs).mode & 0o777).toBe(0o644);
    expect(person.dialogs).toMatchObject([
      { title: 'Export', defaultPath: 'x.html', properties: ['showOverwriteConfirmation'] }
    ]);
  });

  it('is not written when the dialog is dismissed', async () => {
    expect(await saveExport(undefined, exported)).toEqual({ savedAs: null });
  });

  it('that cannot be written is reported by the name of the file only', async () => {
    person.savesAs = join(scratchFolder(), 'missing', 'report.html');
    const failure = saveExport(undefined, exported);
    await expect(failure).rejects.toMatchObject({ data: { code: 'file-unwritable', file: 'report.html' } });
  });

  it.each(Object.keys(exportFormats) as (keyof typeof exportFormats)[])(
    'as %s is filtered by the last part of its extension',
    async (format) => {
      await saveExport(undefined, { ...exported, format });
      const [filter] = person.dialogs[0]?.filters ?? [];
      expect(filter?.name).not.toBe('');
      expect(exportFormats[format].extension.split('.').at(-1)).toBe(filter?.extensions[0]);
    }
  );
});

describe('a dialog', () => {
  it('for archives offers those that can be loaded or analyzed, and any file', async () => {
    person.opens = ['/a.tar'];
    expect(await chooseArchiveToOpen(undefined)).toBe('/a.tar');
    expect(await chooseArchiveToLoad(undefined)).toBe('/a.tar');
    expect(person.dialogs.map(({ filters }) => filters?.map(({ extensions }) => extensions))).toEqual([
      [archiveSuffixes(), ['*']],
      [archiveSuffixes(), ['*']]
    ]);
  });

  it('that is dismissed chooses nothing', async () => {
    expect(await chooseArchiveToOpen(undefined)).toBeNull();
    expect(await chooseFileToSave(undefined, 'a')).toBeNull();
  });

  it.each([
    ['../../etc/passwd', '.._.._etc_passwd'],
    ['a\\b:c*"<>|?\n', 'a_b_c_______'],
    ['plain.txt', 'plain.txt']
  ])('proposes for a file named %j no path and nothing that a system refuses', async (name, proposed) => {
    await chooseFileToSave(undefined, name);
    expect(person.dialogs[0]?.defaultPath).toBe(proposed);
  });
});
