import { execFileSync } from 'node:child_process';
import { chmodSync, existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { defaultSettings } from '#contract/domain/default-settings.ts';
import type { BuildRecord } from '#contract/schema/build.ts';
import { settingsSchema, type Settings } from '#contract/schema/settings.ts';
import { maxRecords } from '#core/store/build-records.ts';
import { openStore } from '#core/store/open-store.ts';
import { maxRecent } from '#core/store/project-table.ts';
import { asOrdinaryUser } from '../ordinary-user.ts';
import { findingOf } from '../../contract/finding-of.ts';
import { fillFolder, scratchFolder } from '../scratch-folder.ts';
import { buildRecordOf } from './build-record-of.ts';

const stack = { language: 'python' } as const;

/** A value other than the default for every setting. */
const changedSettings: Settings = {
  theme: 'dark',
  preferredEngine: 'unix:///x',
  reopenProject: false,
  panes: { main: [30, 70] }
};

describe('settings', () => {
  it('match the schema', () => {
    expect(Object.keys(changedSettings)).toEqual(Object.keys(settingsSchema.shape));
  });

  it('are restored on the next start', async () => {
    const folder = join(scratchFolder(), 'not', 'there', 'yet');
    const store = await openStore(folder);
    expect(store.settings.get()).toEqual(defaultSettings);
    await store.settings.change({ theme: 'dark', panes: { main: [30, 70] } });
    await store.settings.change({ preferredEngine: 'unix:///x', theme: undefined });
    const again = await openStore(folder);
    const changed = { theme: 'dark', preferredEngine: 'unix:///x', panes: { main: [30, 70] } };
    expect(again.settings.get()).toEqual({ ...defaultSettings, ...changed });
    await again.settings.change({ preferredEngine: null });
    expect((await openStore(folder)).settings.get().preferredEngine).toBeNull();
    expect(again.notices).toEqual([]);
  });

  it.each(Object.keys(changedSettings) as (keyof Settings)[])('keep a changed %s', async (name) => {
    const folder = scratchFolder();
    const store = await openStore(folder);
    const heard: Settings[] = [];
    const unsubscribe = store.settings.subscribe((settings) => heard.push(settings));
    const expected = { ...defaultSettings, [name]: changedSettings[name] };
    expect(expected).not.toEqual(defaultSettings);
    expect(await store.settings.change({ [name]: changedSettings[name] })).toEqual(expected);
    unsubscribe();
    await store.settings.change({});
    expect(heard).toEqual([expected]);
    expect((await openStore(folder)).settings.get()).toEqual(expected);
  });

  it('are for this user only', async () => {
    const folder = scratchFolder();
    const store = await openStore(folder);
    await store.settings.change({ theme: 'light' });
    expect(statSync(join(folder, 'settings.json')).mode & 0o777).toBe(0o600);
  });

  it('that were added later get their defaults', async () => {
    const folder = scratchFolder({ 'settings.json': '{"version":1,"data":{"theme":"light"}}' });
    const store = await openStore(folder);
    expect(store.settings.get()).toEqual({ ...defaultSettings, theme: 'light' });
    expect(store.notices).toEqual([]);
  });

  it('written at once all end up on disk, with the last one in effect', async () => {
    const folder = scratchFolder();
    const store = await openStore(folder);
    await Promise.all(
      Array.from({ length: 40 }, (_, index) => store.settings.change({ panes: { main: [index, 100 - index] } }))
    );
    expect((await openStore(folder)).settings.get().panes).toEqual({ main: [39, 61] });
    expect(readdirSync(folder).sort()).toEqual(['builds', 'drafts', 'settings.json']);
  });

  it('that cannot be written throw, and apply until the end', async () => {
    const folder = scratchFolder({ 'settings.json': '{"version":1,"data":{}}' });
    const store = await openStore(folder);
    // A folder cannot be replaced by a rename.
    fillFolder(folder, { 'gone/': '' });
    const { renameSync, rmSync } = await import('node:fs');
    rmSync(join(folder, 'settings.json'));
    renameSync(join(folder, 'gone'), join(folder, 'settings.json'));
    writeFileSync(join(folder, 'settings.json', 'x'), '');
    await expect(store.settings.change({ theme: 'dark' })).rejects.toMatchObject({
      data: { code: 'file-unwritable', file: 'settings.json' }
    });
    expect(store.settings.get().theme).toBe('dark');
    expect(readdirSync(folder).filter((name) => name.endsWith('.tmp'))).toEqual([]);
  });
});

describe('what a file holds is never fatal', () => {
  const damaged = {
    'half-written': '{"version":1,"data":{"theme":"da',
    empty: '',
    'of a wrong shape': '{"version":1,"data":{"theme":"purple"}}',
    'without a version': '{"theme":"dark"}',
    'no JSON': '\0\0\0\0'
  };
  for (const [name, text] of Object.entries(damaged)) {
    it(`a file that is ${name} is set aside and reported`, async () => {
      const folder = scratchFolder({ 'settings.json': text });
      const store = await openStore(folder);
      expect(store.settings.get()).toEqual(defaultSettings);
      const [notice] = store.notices;
      expect(notice).toMatchObject({ kind: 'store-damaged', name: 'settings.json' });
      expect(notice?.renamedTo).toMatch(/^settings\.json\.damaged-/);
      expect(readFileSync(join(folder, notice?.renamedTo ?? ''), 'utf8')).toBe(text);
      await store.settings.change({ theme: 'dark' });
      expect((await openStore(folder)).notices).toEqual([]);
    });
  }

  it('a file of a newer version is set aside, not overwritten', async () => {
    const text = '{"version":7,"data":[]}';
    const folder = scratchFolder({ 'projects.json': text });
    const store = await openStore(folder);
    expect(store.recent.list()).toEqual([]);
    expect(store.notices).toHaveLength(1);
    expect(store.notices[0]?.renamedTo).toMatch(/^projects\.json\.version-7-/);
    expect(readFileSync(join(folder, store.notices[0]?.renamedTo ?? ''), 'utf8')).toBe(text);
  });

  it('a named pipe in place of a file is set aside without waiting for a writer', async () => {
    const folder = scratchFolder();
    execFileSync('mkfifo', [join(folder, 'settings.json')]);
    const { notices } = await openStore(folder);
    expect(notices).toMatchObject([{ kind: 'store-damaged', name: 'settings.json' }]);
  });

  it('a folder in place of a file, and damaged build records', async () => {
    const folder = scratchFolder({ 'projects.json/x': '', 'builds/abcdef0123456789.json': 'nonsense' });
    const store = await openStore(folder);
    expect(store.notices.map(({ name }) => name).sort()).toEqual(['abcdef0123456789.json', 'projects.json']);
    await store.builds.add(buildRecordOf('b1'));
    await store.recent.touch({ id: 'abcdef0123456789', path: '/x', name: 'x', stack });
    const again = await openStore(folder);
    expect(again.notices).toEqual([]);
    expect(await again.builds.list('abcdef0123456789')).toHaveLength(1);
  });

  it('incomplete files of a killed process are removed', async () => {
    const folder = scratchFolder({ '.slipway-0123456789ab.tmp': 'half', 'builds/.slipway-0123456789ab.tmp': 'half' });
    await openStore(folder);
    expect(existsSync(join(folder, '.slipway-0123456789ab.tmp'))).toBe(false);
    expect(readdirSync(join(folder, 'builds'))).toEqual([]);
  });
});

describe('projects', () => {
  it('have the same opaque id in every session', async () => {
    const folder = scratchFolder();
    const store = await openStore(folder);
    const id = store.projects.idOf('/home/ada/flask-demo');
    expect(id).toMatch(/^[0-9a-f]{16}$/);
    await store.recent.touch({ id, path: '/home/ada/flask-demo', name: 'flask-demo', stack });
    const again = await openStore(folder);
    expect(again.projects.pathOf(id)).toBe('/home/ada/flask-demo');
    expect(again.projects.idOf('/home/ada/flask-demo')).toBe(id);
  });

  it('that were never created are unknown', async () => {
    const store = await openStore(scratchFolder());
    expect(() => store.projects.pathOf('abcdef0123456789')).toThrow(
      expect.objectContaining({ data: { code: 'project-unknown' } })
    );
  });

  it('are listed once, last opened first, up to the maximum', async () => {
    const store = await openStore(scratchFolder());
    for (let index = 0; index < maxRecent + 5; index++) {
      const path = `/p/${index % (maxRecent + 2)}`;
      await store.recent.touch({ id: store.projects.idOf(path), path, name: path, stack });
    }
    const paths = store.recent.list().map(({ path }) => path);
    expect(paths).toHaveLength(maxRecent);
    expect(paths.slice(0, 3)).toEqual(['/p/2', '/p/1', '/p/0']);
  });

  it('that are removed from the list stay open until the end', async () => {
    const folder = scratchFolder();
    const store = await openStore(folder);
    const id = store.projects.idOf('/p');
    await store.recent.touch({ id, path: '/p', name: 'p', stack });
    await store.recent.forget(id);
    expect(store.recent.list()).toEqual([]);
    expect(store.projects.pathOf(id)).toBe('/p');
    expect((await openStore(folder)).recent.list()).toEqual([]);
  });
});

describe('build records', () => {
  it('are listed last first, each with later changes', async () => {
    const folder = scratchFolder();
    const store = await openStore(folder);
    await store.builds.add(buildRecordOf('one'));
    await store.builds.add(buildRecordOf('two', { startedAt: 2000 }));
    await store.builds.add(buildRecordOf('other', { projectId: 'ffffffffffffffff' }));
    const pushed = { reference: 'docker.io/a/b:1', digest: 'sha256:2', at: 5 };
    await store.builds.update('one', { pushed });
    const again = await openStore(folder);
    expect((await again.builds.list('abcdef0123456789')).map(({ id }) => id)).toEqual(['two', 'one']);
    expect((await again.builds.get('one'))?.pushed).toEqual(pushed);
    expect((await again.builds.get('other'))?.projectId).toBe('ffffffffffffffff');
    expect(await again.builds.get('three')).toBeUndefined();
    expect(await again.builds.list('0000000000000000')).toEqual([]);
  });

  it('record why a build failed; unknown data of another version is ignored', async () => {
    const folder = scratchFolder();
    const error = { code: 'base-not-found' as const, reference: 'a:1', line: 1 };
    const store = await openStore(folder);
    for (const id of ['older', 'newer', 'now']) await store.builds.add(buildRecordOf(id, { outcome: 'failed', error }));
    const file = join(folder, 'builds', 'abcdef0123456789.json');
    const written = JSON.parse(readFileSync(file, 'utf8')) as { data: { error?: unknown }[] };
    if (written.data[1]) written.data[1].error = { code: 'of-the-future' };
    delete written.data[2]?.error;
    writeFileSync(file, JSON.stringify(written));
    const again = await openStore(folder);
    const records = await again.builds.list('abcdef0123456789');
    expect(records.map((record) => [record.id, record.error])).toEqual([
      ['now', error],
      ['newer', null],
      ['older', null]
    ]);
    expect(again.notices).toEqual([]);
  });

  const secret = { DB_PWD: 'm4rk-one', X: `ghp_m4rk${'a'.repeat(36)}` };
  const options = { tag: 'a:1', buildArgs: secret, target: null, noCache: false, pull: false };
  const fileOf = (folder: string): string => join(folder, 'builds', 'abcdef0123456789.json');

  it('contain no secret', async () => {
    const folder = scratchFolder();
    const store = await openStore(folder);
    await store.builds.add(buildRecordOf('one', { options }));
    expect(readFileSync(fileOf(folder), 'utf8')).not.toContain('m4rk');
    expect(await store.builds.get('one')).toMatchObject({
      options: { buildArgs: { DB_PWD: '', X: '' } },
      hiddenBuildArgs: ['DB_PWD', 'X']
    });
  });

  it('of an earlier version lose their secrets when the store opens, on disk too', async () => {
    const older: Partial<BuildRecord> = buildRecordOf('older', { options });
    delete older.hiddenBuildArgs;
    const text = JSON.stringify({ version: 1, data: [older, buildRecordOf('plain')] });
    const folder = scratchFolder({ 'builds/abcdef0123456789.json': text });
    const store = await openStore(folder);
    expect(store.notices).toEqual([]);
    expect(readFileSync(fileOf(folder), 'utf8')).not.toContain('m4rk');
    expect((await store.builds.list('abcdef0123456789')).map(({ id }) => id)).toEqual(['older', 'plain']);
    expect((await store.builds.get('older'))?.hiddenBuildArgs).toEqual(['DB_PWD', 'X']);
  });

  it('without a secret are not written again when the store opens', async () => {
    const text = JSON.stringify({ version: 1, data: [buildRecordOf('plain')] }, null, 1);
    const folder = scratchFolder({ 'builds/abcdef0123456789.json': text });
    await openStore(folder);
    expect(readFileSync(fileOf(folder), 'utf8')).toBe(text);
  });

  it('that cannot be rewritten are still read without their secrets', async () => {
    const text = JSON.stringify({ version: 1, data: [buildRecordOf('older', { options })] });
    const folder = scratchFolder({ 'builds/abcdef0123456789.json': text });
    chmodSync(join(folder, 'builds'), 0o555);
    const store = await asOrdinaryUser(folder, () => openStore(folder));
    chmodSync(join(folder, 'builds'), 0o755);
    expect(readFileSync(fileOf(folder), 'utf8')).toBe(text);
    expect(JSON.stringify(await store.builds.list('abcdef0123456789'))).not.toContain('m4rk');
  });

  it('of an older or a newer version of the findings are read too', async () => {
    const folder = scratchFolder();
    const findings = [findingOf('UndefinedVar')];
    const store = await openStore(folder);
    for (const id of ['older', 'newer', 'now']) await store.builds.add(buildRecordOf(id, { findings }));
    const file = join(folder, 'builds', 'abcdef0123456789.json');
    const written = JSON.parse(readFileSync(file, 'utf8')) as { data: Record<string, unknown>[] };
    if (written.data[1]) written.data[1]['findings'] = [{ ...findings[0], source: 'of-the-future' }];
    const older = { ...written.data[2], warnings: [{ text: 'w', line: 1, url: null }] };
    written.data[2] = Object.fromEntries(Object.entries(older).filter(([name]) => name !== 'findings'));
    writeFileSync(file, JSON.stringify(written));
    const again = await openStore(folder);
    expect((await again.builds.list('abcdef0123456789')).map((record) => [record.id, record.findings])).toEqual([
      ['now', findings],
      ['newer', []],
      ['older', []]
    ]);
    expect(again.notices).toEqual([]);
  });

  it('beyond the last hundred of a project are dropped', async () => {
    const store = await openStore(scratchFolder());
    await Promise.all(
      Array.from({ length: maxRecords + 20 }, (_, index) => store.builds.add(buildRecordOf(`${index}`)))
    );
    const ids = (await store.builds.list('abcdef0123456789')).map(({ id }) => id);
    expect(ids).toHaveLength(maxRecords);
    expect(ids[0]).toBe(`${maxRecords + 19}`);
    await store.builds.update('0', { sizeBytes: 1 });
    expect(await store.builds.get('0')).toBeUndefined();
  });

  it('of huge Dockerfiles are dropped sooner', async () => {
    const folder = scratchFolder();
    const store = await openStore(folder);
    const dockerfileText = '#'.repeat(1_000_000);
    for (let index = 0; index < 20; index++) await store.builds.add(buildRecordOf(`${index}`, { dockerfileText }));
    const size = statSync(join(folder, 'builds', 'abcdef0123456789.json')).size;
    expect(size).toBeLessThan(17 * 1024 * 1024);
    expect((await store.builds.list('abcdef0123456789')).length).toBeGreaterThan(10);
  });

  it('never write outside of their folder', async () => {
    const folder = scratchFolder();
    const store = await openStore(join(folder, 'store'));
    await expect(store.builds.add(buildRecordOf('x', { projectId: '../../escape' }))).rejects.toThrow();
    expect(readdirSync(folder)).toEqual(['store']);
  });
});

describe('the id of this installation', () => {
  it('is made when it is first needed, and stays', async () => {
    const folder = scratchFolder();
    const store = await openStore(folder);
    expect(readdirSync(folder).sort()).toEqual(['builds', 'drafts']);
    const id = store.clientId();
    expect(id).toMatch(/^[0-9a-f-]{36}$/);
    expect(store.clientId()).toBe(id);
    await expect.poll(() => existsSync(join(folder, 'client-id.json'))).toBe(true);
    expect((await openStore(folder)).clientId()).toBe(id);
    expect((await openStore(scratchFolder())).clientId()).not.toBe(id);
  });
});
