import { realpath, stat } from 'node:fs/promises';
import { basename, dirname, resolve } from 'node:path';
import { findArchiveExtension } from '#contract/domain/archive-extensions.ts';
import type {
  ContextSize,
  ImportResult,
  Project,
  ProjectText,
  RecentProject,
  Starter
} from '#contract/schema/project.ts';
import { AppError, toErrorData } from '../util/app-error.ts';
import { measureContext } from '../context/measure-context.ts';
import { explainArchiveFile, type OpenArchives } from '../analysis/open-archives.ts';
import type { Store } from '../store/open-store.ts';
import { displayPath } from './display-path.ts';
import { inspectFolder } from './inspect-folder.ts';
import { toProjectError } from '../context/project-error.ts';
import { readProjectFile, saveProjectFile, type SavedFile } from './project-file.ts';
import { suggestStarter } from './starter/suggest-starter.ts';
import { summarizeRecent } from './summarize-recent.ts';
import { watchProjectFiles, type ProjectWatch } from './watch-project-files.ts';
import { writeStarter } from './write-starter.ts';

export interface FileChange {
  readonly projectId: string;
  readonly file: string;
  /** Null: the file was removed. */
  readonly revision: string | null;
}

/**
 * The projects of this session, by id: opens folders, reads and writes their files, and reports changes by other
 * programs. Paths never leave this object.
 */
export class OpenProjects {
  readonly #store: Store;
  readonly #home: string;
  readonly #archives: OpenArchives;
  readonly #changed: (change: FileChange) => void;
  readonly #watches = new Map<string, Promise<ProjectWatch>>();

  constructor(store: Store, archives: OpenArchives, home: string, changed: (change: FileChange) => void) {
    this.#store = store;
    this.#archives = archives;
    this.#home = home;
    this.#changed = changed;
  }

  /**
   * Opens each folder once; for a file other than an image archive, the folder that contains it. Paths that cannot be
   * opened are listed in `failures` without stopping the others.
   */
  async importPaths(paths: readonly string[]): Promise<ImportResult> {
    const result: ImportResult = { projects: [], archives: [], failures: [] };
    const seen = new Set<string>();
    for (const path of paths) {
      try {
        const archive = await this.#archives.openPath(path);
        if (archive) {
          result.archives.push(archive);
          continue;
        }
        const folder = await folderOf(path);
        if (seen.has(folder)) continue;
        seen.add(folder);
        result.projects.push(await this.#openFolder(folder));
      } catch (thrown) {
        result.failures.push({ name: basename(path), error: toErrorData(thrown) });
      }
    }
    return result;
  }

  /** Throws project-unknown, and what inspectFolder throws. */
  open(projectId: string): Promise<Project> {
    return this.#openFolder(this.pathOf(projectId));
  }

  /** Throws project-unknown. */
  pathOf(projectId: string): string {
    return this.#store.projects.pathOf(projectId);
  }

  /** Last opened first, each with its last build and push. */
  recent(): Promise<RecentProject[]> {
    return Promise.all(
      this.#store.recent.list().map(async (entry) => ({
        ...summarizeRecent(entry, await this.#store.builds.list(entry.id)),
        displayPath: displayPath(entry.path, this.#home),
        missing: !(await isFolder(entry.path))
      }))
    );
  }

  /** Remembers the project that is shown, for `reopen`. Throws file-unwritable. */
  setOpen(projectId: string | null): Promise<void> {
    return this.#store.session.setOpenProject(projectId);
  }

  /** Opens the project that was shown last; null if there is none, or it cannot be opened any more. */
  async reopen(): Promise<ImportResult | null> {
    const id = this.#store.session.openProject();
    if (id === null) return null;
    return this.open(id).then(
      (project) => ({ projects: [project], archives: [], failures: [] }),
      () => null
    );
  }

  /** Removes a project from the recent list. One that is open stays so. */
  forget(projectId: string): Promise<void> {
    return this.#store.recent.forget(projectId);
  }

  /** The size of what a build would send. Throws project-unknown, and what measureContext throws. */
  measureContext(projectId: string, dockerfile: string | null): Promise<ContextSize> {
    return measureContext(this.pathOf(projectId), dockerfile);
  }

  /** Proposes files for a project without a Dockerfile. Throws project-unknown, and what suggestStarter throws. */
  starter(projectId: string): Promise<Starter> {
    return suggestStarter(this.pathOf(projectId));
  }

  /** Writes proposed files. Throws project-unknown, and what writeStarter throws; then nothing was written. */
  async writeStarter(projectId: string, files: Starter['files']): Promise<Project> {
    await writeStarter(this.pathOf(projectId), files);
    return this.open(projectId);
  }

  /** Throws project-unknown, and what readProjectFile throws. */
  readFile(projectId: string, file: string): Promise<ProjectText> {
    return readProjectFile(this.pathOf(projectId), file);
  }

  /** Returns the new revision. Throws project-unknown, and what saveProjectFile throws. */
  async saveFile(
    projectId: string,
    file: string,
    text: string,
    save: Pick<SavedFile, 'revision' | 'replace'>
  ): Promise<string> {
    const watch = await this.#watches.get(projectId);
    const beforeWrite = (revision: string): void => watch?.expect(file, revision);
    return saveProjectFile(this.pathOf(projectId), file, text, { ...save, beforeWrite });
  }

  /** Stops watching. */
  close(): void {
    for (const watch of this.#watches.values()) void watch.then((started) => started.stop());
    this.#watches.clear();
  }

  async #openFolder(folder: string): Promise<Project> {
    const findings = await inspectFolder(folder);
    const id = this.#store.projects.idOf(folder);
    const { name, stack } = findings;
    // A project opens even if the list cannot be written.
    await this.#store.recent.touch({ id, path: folder, name, stack }).catch(() => undefined);
    this.#watch(id, folder);
    return { id, displayPath: displayPath(folder, this.#home), ...findings };
  }

  #watch(projectId: string, folder: string): void {
    if (this.#watches.has(projectId)) return;
    const onChange = (file: string, revision: string | null): void => this.#changed({ projectId, file, revision });
    this.#watches.set(projectId, watchProjectFiles(folder, onChange));
  }
}

/**
 * The real path of a folder, or of the folder that contains a file, so that a link to it is the same project. Throws
 * project-vanished, folder-loops, project-unreadable, archive-not-an-image, archive-unsupported.
 */
async function folderOf(path: string): Promise<string> {
  try {
    const real = await realpath(resolve(path));
    const found = await stat(real);
    if (found.isDirectory()) return real;
    if (found.isFile()) {
      // The user meant an archive, not the folder that contains it.
      if (findArchiveExtension(real) !== null) throw await explainArchiveFile(real);
      return dirname(real);
    }
  } catch (error) {
    throw error instanceof AppError ? error : toProjectError(error, basename(path), path);
  }
  throw new AppError('project-unreadable', { name: basename(path), detail: { reason: 'not-a-folder' } });
}

function isFolder(path: string): Promise<boolean> {
  return stat(path).then(
    (found) => found.isDirectory(),
    () => false
  );
}
