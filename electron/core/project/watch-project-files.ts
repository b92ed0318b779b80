import { watch, type FSWatcher } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { fileLimitBytes, revisionOf } from './project-file.ts';
import { errorCode } from '../util/error-code.ts';
import { isProjectFileName } from './project-file-names.ts';
import { readBoundedFile } from '../util/read-bounded-file.ts';

export interface ProjectWatch {
  /** A revision that we are about to write ourselves and that need not be reported. */
  expect(file: string, revision: string): void;
  stop(): void;
}

/** Editors write in several steps; only the final state matters. */
const settleMs = 80;
/** Polling interval if the system cannot watch the folder, or it was removed. */
const pollIntervalMs = 2000;

/**
 * Reports when another program changes a Dockerfile or ignore file of the project in `root`, creates one (also by
 * renaming
 * over it) or removes one (`revision` null). Compares content: a file whose time alone changes is not reported. The
 * folder
 * may be removed and created again. A change behind a link to another folder is not noticed. Resolves once it is
 * watching.
 */
export async function watchProjectFiles(
  root: string,
  onChange: (file: string, revision: string | null) => void
): Promise<ProjectWatch> {
  const known = new Map<string, string>();
  /** Our own saves that were not seen on disk yet, in order. */
  const expected = new Map<string, string[]>();
  let watcher: FSWatcher | undefined;
  let watchedInode: number | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let stopped = false;
  let checking: Promise<void> = Promise.resolve();

  const scheduleCheck = (delayMs: number): void => {
    if (stopped) return;
    clearTimeout(timer);
    timer = setTimeout(() => {
      checking = checking.then(check);
    }, delayMs);
    timer.unref();
  };

  const drop = (): void => {
    watcher?.close();
    watcher = undefined;
  };

  /** Watches the current folder at `root`, which may be a different one than before. */
  const watchFolder = async (): Promise<void> => {
    const inode = await stat(root).then(
      (found) => found.ino,
      () => undefined
    );
    if (watcher && inode === watchedInode) return;
    drop();
    if (inode === undefined || stopped) return;
    try {
      watcher = watch(root, { persistent: false }, () => scheduleCheck(settleMs));
      watcher.on('error', () => {
        drop();
        scheduleCheck(pollIntervalMs);
      });
      watchedInode = inode;
    } catch {
      // Out of inotify watches, or a file system without them: poll instead.
    }
  };

  const isOurs = (file: string, revision: string): boolean => {
    const saves = expected.get(file) ?? [];
    const index = saves.indexOf(revision);
    if (index >= 0) expected.set(file, saves.slice(index + 1));
    return index >= 0;
  };

  const check = async (): Promise<void> => {
    await watchFolder();
    const found = await revisionsIn(root, known);
    if (stopped) return;
    for (const file of new Set([...known.keys(), ...found.keys()])) {
      const revision = found.get(file);
      if (revision === known.get(file)) continue;
      if (revision === undefined) known.delete(file);
      else known.set(file, revision);
      if (revision === undefined || !isOurs(file, revision)) onChange(file, revision ?? null);
    }
    if (!watcher) scheduleCheck(pollIntervalMs);
  };

  await watchFolder();
  for (const [file, revision] of await revisionsIn(root, known)) known.set(file, revision);
  if (!watcher) scheduleCheck(pollIntervalMs);
  return {
    expect: (file, revision) => void expected.set(file, [...(expected.get(file) ?? []), revision].slice(-8)),
    stop: () => {
      stopped = true;
      clearTimeout(timer);
      drop();
    }
  };
}

/** The revision of each project file; one that is temporarily unreadable keeps its last revision. */
async function revisionsIn(root: string, known: ReadonlyMap<string, string>): Promise<Map<string, string>> {
  const revisions = new Map<string, string>();
  const names = await readdir(root).catch(() => []);
  for (const name of names.filter(isProjectFileName)) {
    const before = known.get(name);
    try {
      const found = await readBoundedFile(join(root, name), fileLimitBytes);
      if (found.kind === 'read') revisions.set(name, revisionOf(found.bytes));
      else if (before !== undefined) revisions.set(name, before);
    } catch (error) {
      if (errorCode(error) !== 'ENOENT' && before !== undefined) revisions.set(name, before);
    }
  }
  return revisions;
}
