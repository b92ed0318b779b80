import { existsSync, mkdirSync, renameSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { readProjectFile, revisionOf, saveProjectFile } from '#core/project/project-file.ts';
import { watchProjectFiles } from '#core/project/watch-project-files.ts';
import { scratchFolder } from '../scratch-folder.ts';

type Change = [file: string, revision: string | null];

/** Watches a folder; `next` returns each change in turn. */
async function watching(root: string) {
  const changes: Change[] = [];
  let wake: () => void = () => undefined;
  const watch = await watchProjectFiles(root, (file, revision) => {
    changes.push([file, revision]);
    wake();
  });
  onTestFinished(() => watch.stop());
  const next = async (): Promise<Change | undefined> => {
    while (changes.length === 0) await new Promise<void>((resolve) => (wake = resolve));
    return changes.shift();
  };
  return { watch, next, changes };
}

const revision = (text: string): string => revisionOf(Buffer.from(text));

describe('watchProjectFiles', () => {
  it('reports a change in place, by renaming over, a new file, and a removed one', async () => {
    const root = scratchFolder({ Dockerfile: 'a' });
    const { next } = await watching(root);
    writeFileSync(join(root, 'Dockerfile'), 'b');
    expect(await next()).toEqual(['Dockerfile', revision('b')]);
    writeFileSync(join(root, 'temporary'), 'c');
    renameSync(join(root, 'temporary'), join(root, 'Dockerfile'));
    expect(await next()).toEqual(['Dockerfile', revision('c')]);
    writeFileSync(join(root, '.dockerignore'), 'x');
    expect(await next()).toEqual(['.dockerignore', revision('x')]);
    rmSync(join(root, 'Dockerfile'));
    expect(await next()).toEqual(['Dockerfile', null]);
    writeFileSync(join(root, 'Dockerfile'), 'd');
    expect(await next()).toEqual(['Dockerfile', revision('d')]);
  });

  it('does not report other files, a changed time alone, or our own saves', async () => {
    const root = scratchFolder({ Dockerfile: 'a', 'app.py': '' });
    const { watch, next, changes } = await watching(root);
    writeFileSync(join(root, 'app.py'), 'x');
    utimesSync(join(root, 'Dockerfile'), new Date(), new Date(0));
    for (const text of ['one', 'two', 'three']) {
      const { revision: before } = await readProjectFile(root, 'Dockerfile');
      const beforeWrite = (saved: string): void => watch.expect('Dockerfile', saved);
      await saveProjectFile(root, 'Dockerfile', text, { revision: before, replace: false, beforeWrite });
    }
    // The first reported change is the last one made: nothing was reported before it.
    writeFileSync(join(root, 'b.Dockerfile'), 'end');
    expect(await next()).toEqual(['b.Dockerfile', revision('end')]);
    expect(changes).toEqual([]);
  });

  it('reports if another program restores what we saved earlier', async () => {
    const root = scratchFolder({ Dockerfile: 'a' });
    const { watch, next } = await watching(root);
    watch.expect('Dockerfile', revision('ours'));
    writeFileSync(join(root, 'Dockerfile'), 'ours');
    writeFileSync(join(root, '.dockerignore'), '1');
    expect((await next())?.[0]).toBe('.dockerignore');
    writeFileSync(join(root, 'Dockerfile'), 'theirs');
    expect(await next()).toEqual(['Dockerfile', revision('theirs')]);
    writeFileSync(join(root, 'Dockerfile'), 'ours');
    expect(await next()).toEqual(['Dockerfile', revision('ours')]);
  });

  it('handles a folder that is removed and created again', async () => {
    const root = join(scratchFolder(), 'project');
    mkdirSync(root);
    writeFileSync(join(root, 'Dockerfile'), 'a');
    const { next } = await watching(root);
    rmSync(root, { recursive: true });
    expect(await next()).toEqual(['Dockerfile', null]);
    mkdirSync(root);
    writeFileSync(join(root, 'Dockerfile'), 'back');
    expect(await next()).toEqual(['Dockerfile', revision('back')]);
    writeFileSync(join(root, 'Dockerfile'), 'again');
    expect(await next()).toEqual(['Dockerfile', revision('again')]);
  });

  it('starts on a folder that does not exist', async () => {
    const root = join(scratchFolder(), 'later');
    const { next } = await watching(root);
    expect(existsSync(root)).toBe(false);
    mkdirSync(root);
    writeFileSync(join(root, 'Containerfile'), 'x');
    expect(await next()).toEqual(['Containerfile', revision('x')]);
  });
});
