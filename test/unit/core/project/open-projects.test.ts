import { chmodSync, readdirSync, readFileSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { importResultSchema, recentProjectSchema } from '#contract/schema/project.ts';
import { OpenArchives } from '#core/analysis/open-archives.ts';
import { OpenProjects, type FileChange } from '#core/project/open-projects.ts';
import { copySample } from '#core/project/copy-sample.ts';
import { openStore } from '#core/store/open-store.ts';
import { asOrdinaryUser } from '../ordinary-user.ts';
import { scratchFolder } from '../scratch-folder.ts';
import { buildRecordOf } from '../store/build-record-of.ts';

async function openProjects(home = homedir()) {
  const store = await openStore(scratchFolder());
  const changes: FileChange[] = [];
  let notify: () => void = () => undefined;
  const change = new Promise<void>((resolve) => (notify = resolve));
  const projects = new OpenProjects(store, new OpenArchives(), home, (found) => {
    changes.push(found);
    notify();
  });
  onTestFinished(() => projects.close());
  return { projects, store, changes, change };
}

describe('importing', () => {
  it('opens folders, and the folder that contains a file, each once', async () => {
    const home = scratchFolder({
      'flask-demo/Dockerfile': 'FROM a',
      'flask-demo/app.py': '',
      'flask-demo/requirements.txt': 'flask==3.0',
      'other/index.html': ''
    });
    symlinkSync('flask-demo', join(home, 'link'));
    const { projects } = await openProjects(home);
    const result = await projects.importPaths([
      join(home, 'flask-demo', 'app.py'),
      join(home, 'flask-demo'),
      join(home, 'link'),
      join(home, 'other')
    ]);
    expect(importResultSchema.parse(result).failures).toEqual([]);
    expect(result.projects).toMatchObject([
      {
        name: 'flask-demo',
        displayPath: '~/flask-demo',
        stack: { language: 'python', framework: 'Flask' },
        dockerfiles: ['Dockerfile'],
        hasDockerignore: false
      },
      { name: 'other', displayPath: '~/other', stack: { language: 'static' }, dockerfiles: [] }
    ]);
    expect(JSON.stringify(result)).not.toContain(home);
  });

  it('reports for each path why it was not opened, and opens the others', async () => {
    const folder = scratchFolder({ 'good/Dockerfile': '', 'locked/Dockerfile': '', file: '' });
    symlinkSync('circle', join(folder, 'circle'));
    chmodSync(join(folder, 'locked'), 0o000);
    const { projects, store } = await openProjects();
    const names = ['gone', 'circle', 'file/below', 'locked', 'good'];
    const result = await asOrdinaryUser(folder, async () =>
      projects.importPaths([...names.map((name) => join(folder, name)), '/dev/null'])
    );
    expect(result.projects.map(({ name }) => name)).toEqual(['good']);
    expect(result.failures).toMatchObject([
      { name: 'gone', error: { code: 'project-vanished', name: 'gone' } },
      { name: 'circle', error: { code: 'folder-loops' } },
      { name: 'below', error: { code: 'project-vanished' } },
      { name: 'locked', error: { code: 'project-unreadable', detail: 'EACCES' } },
      { name: 'null', error: { code: 'project-unreadable', detail: { reason: 'not-a-folder' } } }
    ]);
    expect(importResultSchema.safeParse(result).success).toBe(true);
    // That user cannot write the store either, which did not prevent opening.
    expect(store.recent.list().map(({ name }) => name)).toEqual(['good']);
  });
});

it('a file named like an archive that is not one is not opened as a project', async () => {
  const root = scratchFolder({ 'saved.tar.gz': 'no archive', 'saved.tar.xz': 'PK\x03\x04', 'notes.gz': 'none either' });
  const { projects } = await openProjects();
  const result = await projects.importPaths([join(root, 'saved.tar.gz')]);
  expect(importResultSchema.parse(result)).toMatchObject({
    projects: [],
    failures: [{ name: 'saved.tar.gz', error: { code: 'archive-not-an-image', archive: 'saved.tar.gz' } }]
  });
  expect((await projects.importPaths([join(root, 'notes.gz')])).projects).toHaveLength(1);
  expect((await projects.importPaths([join(root, 'saved.tar.xz')])).failures).toEqual([
    { name: 'saved.tar.xz', error: { code: 'archive-unsupported', entry: 'saved.tar.xz', format: 'zip' } }
  ]);
});

describe('an open project', () => {
  it('is known by its id only', async () => {
    const root = scratchFolder({ Dockerfile: 'FROM a\n' });
    const { projects } = await openProjects();
    const [project] = (await projects.importPaths([root])).projects;
    const id = project?.id ?? '';
    expect(projects.pathOf(id)).toBe(root);
    expect(await projects.open(id)).toEqual(project);
    const { text, revision } = await projects.readFile(id, 'Dockerfile');
    expect(text).toBe('FROM a\n');
    await projects.saveFile(id, 'Dockerfile', 'FROM b\n', { revision, replace: false });
    expect(readFileSync(join(root, 'Dockerfile'), 'utf8')).toBe('FROM b\n');
    expect(await projects.measureContext(id, 'Dockerfile')).toMatchObject({ fileCount: 1, sizeBytes: 7 });
    expect(() => projects.pathOf('0123456789abcdef')).toThrow();
  });

  it('that was removed or moved is reported', async () => {
    const root = join(scratchFolder({ 'project/Dockerfile': '' }), 'project');
    const { projects } = await openProjects();
    const id = (await projects.importPaths([root])).projects[0]?.id ?? '';
    renameSync(root, `${root}-elsewhere`);
    await expect(projects.open(id)).rejects.toMatchObject({ data: { code: 'project-vanished', name: 'project' } });
    await expect(projects.measureContext(id, null)).rejects.toMatchObject({ data: { code: 'project-vanished' } });
  });

  it('reports changes by other programs, not its own saves', async () => {
    const root = scratchFolder({ Dockerfile: 'FROM a\n' });
    const { projects, change, changes } = await openProjects();
    const id = (await projects.importPaths([root])).projects[0]?.id ?? '';
    const { revision } = await projects.readFile(id, 'Dockerfile');
    await projects.saveFile(id, 'Dockerfile', 'FROM ours\n', { revision, replace: false });
    writeFileSync(join(root, '.dockerignore'), 'theirs');
    await change;
    expect(changes.map(({ projectId, file }) => [projectId, file])).toEqual([[id, '.dockerignore']]);
  });

  it('writes a starter once, and never over a file', async () => {
    const root = scratchFolder({ 'package.json': '{"scripts":{"start":"node ."}}' });
    const { projects } = await openProjects();
    const id = (await projects.importPaths([root])).projects[0]?.id ?? '';
    const { files } = await projects.starter(id);
    expect(readdirSync(root)).toEqual(['package.json']);
    const project = await projects.writeStarter(id, files);
    expect(project).toMatchObject({ dockerfiles: ['Dockerfile'], hasDockerignore: true });
    const again = projects.writeStarter(id, [{ file: '.dockerignore', text: 'x' }]);
    await expect(again).rejects.toMatchObject({ data: { code: 'file-exists', file: '.dockerignore' } });
  });
});

describe('the recent list', () => {
  it('reports the last build, its difference to the previous one, the last push, and what is missing', async () => {
    const folder = scratchFolder({ 'one/Dockerfile': '', 'two/Dockerfile': '' });
    const { projects, store } = await openProjects(folder);
    const [one, two] = (await projects.importPaths([join(folder, 'one'), join(folder, 'two')])).projects;
    const projectId = one?.id ?? '';
    const pushed = { reference: 'a/b:1', digest: 'sha256:1', at: 77 };
    await store.builds.add(buildRecordOf('1', { projectId, sizeBytes: 100, pushed }));
    await store.builds.add(buildRecordOf('2', { projectId, sizeBytes: 130, startedAt: 5000, durationMs: 500 }));
    await store.builds.add(
      buildRecordOf('3', { projectId, outcome: 'failed', sizeBytes: null, startedAt: 9000, durationMs: 100 })
    );
    rmSync(join(folder, 'two'), { recursive: true });
    const recent = await projects.recent();
    expect(recent.map((entry) => recentProjectSchema.strict().parse(entry))).toMatchObject([
      { id: two?.id, missing: true, lastBuild: null, lastFailureAt: null, lastPushAt: null },
      {
        id: projectId,
        missing: false,
        lastBuild: { at: 5500, sizeBytes: 130, deltaBytes: 30 },
        lastFailureAt: 9100,
        lastPushAt: 77
      }
    ]);
    await projects.forget(projectId);
    expect((await projects.recent()).map(({ name }) => name)).toEqual(['two']);
  });
});

describe('the sample', () => {
  it("is copied once, and the user's changes are kept", async () => {
    const to = join(scratchFolder(), 'below', 'simple-flask-web');
    const from = resolve('resources/sample');
    expect(await copySample(from, to)).toBe(to);
    expect(readdirSync(to).sort()).toEqual(readdirSync(from).sort());
    writeFileSync(join(to, 'app.py'), 'mine');
    rmSync(join(to, 'Dockerfile'));
    await copySample(from, to);
    expect(readFileSync(join(to, 'app.py'), 'utf8')).toBe('mine');
    const { projects } = await openProjects();
    const [project] = (await projects.importPaths([to])).projects;
    expect(project).toMatchObject({
      name: 'simple-flask-web',
      stack: { language: 'python', framework: 'Flask' },
      dockerfiles: ['Dockerfile.offline']
    });
  });
});
