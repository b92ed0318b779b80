import { existsSync, mkdirSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { maxDrafts } from '#core/store/draft-table.ts';
import { openStore } from '#core/store/open-store.ts';
import { scratchFolder } from '../scratch-folder.ts';

const id = 'abcdef0123456789';
const draftOf = (file: string, text = 'FROM draft\n') => ({ file, text, revision: 'r1' });
const fileIn = (folder: string): string => join(folder, 'drafts', `${id}.json`);

describe('drafts', () => {
  it('are there again at the next start, last changed first', async () => {
    const folder = scratchFolder();
    const { drafts } = await openStore(folder);
    await drafts.save(id, draftOf('Dockerfile', 'FROM a\n'));
    await drafts.save(id, draftOf('.dockerignore'));
    await drafts.save(id, draftOf('Dockerfile', 'FROM b\n'));
    await drafts.save('0123456789abcdef', draftOf('Dockerfile', 'FROM other\n'));
    const next = await openStore(folder);
    expect(next.drafts.list(id)).toEqual([draftOf('Dockerfile', 'FROM b\n'), draftOf('.dockerignore')]);
    expect(next.drafts.list('0123456789abcdef')).toMatchObject([{ text: 'FROM other\n' }]);
    expect(next.drafts.list('ffffffffffffffff')).toEqual([]);
  });

  it('are for this user only, and their text leaves the disk with them', async () => {
    const folder = scratchFolder();
    const { drafts } = await openStore(folder);
    await drafts.save(id, draftOf('Dockerfile'));
    expect(statSync(fileIn(folder)).mode & 0o777).toBe(0o600);
    expect(statSync(join(folder, 'drafts')).mode & 0o777).toBe(0o700);
    await drafts.remove(id, 'web.Dockerfile');
    expect(existsSync(fileIn(folder))).toBe(true);
    await drafts.remove(id, 'Dockerfile');
    expect(readdirSync(join(folder, 'drafts'))).toEqual([]);
    await drafts.save(id, draftOf('Dockerfile'));
    expect((await openStore(folder)).drafts.list(id)).toEqual([draftOf('Dockerfile')]);
  });

  it('changed at once all end up on disk, with the last one in effect', async () => {
    const folder = scratchFolder();
    const { drafts } = await openStore(folder);
    for (const text of ['a', 'b', 'c']) void drafts.save(id, draftOf('Dockerfile', text));
    void drafts.save(id, draftOf('.dockerignore'));
    void drafts.remove(id, '.dockerignore');
    expect(drafts.list(id)).toEqual([draftOf('Dockerfile', 'c')]);
    await drafts.settle();
    expect((await openStore(folder)).drafts.list(id)).toEqual([draftOf('Dockerfile', 'c')]);
  });

  it('beyond the maximum of a project are dropped, the oldest first', async () => {
    const { drafts } = await openStore(scratchFolder());
    for (let index = 0; index <= maxDrafts; index++) await drafts.save(id, draftOf(`${index}.Dockerfile`));
    expect(drafts.list(id)).toHaveLength(maxDrafts);
    expect(drafts.list(id).some(({ file }) => file === '0.Dockerfile')).toBe(false);
  });

  it('never write outside of their folder', async () => {
    const folder = scratchFolder();
    const { drafts } = await openStore(folder);
    await expect(drafts.save('../../escaped', draftOf('Dockerfile'))).rejects.toThrow();
    await drafts.save(id, draftOf('../../../escaped'));
    expect(readdirSync(join(folder, 'drafts'))).toEqual([`${id}.json`]);
  });

  it.each([
    ['text', 'not json'],
    ['another shape', JSON.stringify({ version: 1, data: [{ file: 'Dockerfile', text: 4 }] })],
    ['a text beyond the limit', JSON.stringify({ version: 1, data: [draftOf('Dockerfile', 'x'.repeat(4_000_001))] })],
    ['a newer version', JSON.stringify({ version: 9, data: [] })]
  ])('in a file of %s are set aside and reported', async (_name, content) => {
    const folder = scratchFolder();
    mkdirSync(join(folder, 'drafts'), { recursive: true });
    writeFileSync(fileIn(folder), content);
    const store = await openStore(folder);
    expect(store.drafts.list(id)).toEqual([]);
    expect(store.notices).toMatchObject([{ kind: 'store-damaged', name: `${id}.json` }]);
    await store.drafts.save(id, draftOf('Dockerfile'));
    expect((await openStore(folder)).notices).toEqual([]);
  });

  it('that cannot be written throw, and apply until the end', async () => {
    const folder = scratchFolder();
    const { drafts } = await openStore(folder);
    // A folder cannot be replaced by a rename.
    mkdirSync(join(fileIn(folder), 'x'), { recursive: true });
    await expect(drafts.save(id, draftOf('Dockerfile'))).rejects.toMatchObject({ data: { code: 'file-unwritable' } });
    expect(drafts.list(id)).toEqual([draftOf('Dockerfile')]);
    await drafts.settle();
  });
});
