import { realpath, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { ImportResult, Project, ProjectText, RecentProject, Starter } from '../../contract/schema/project.ts';
import { AppError, toErrorData } from '../app-error.ts';
import type { Store } from '../store/open-store.ts';
import { displayPath } from './display-path.ts';
import { folderName, inspectFolder } from './inspect-folder.ts';
import { placeSample } from './place-sample.ts';
import { toProjectError } from './project-error.ts';
import { readProjectFile, saveProjectFile } from './project-file.ts';
import { listRecent } from './recent-projects.ts';
import { suggestStarter } from './starter/suggest-starter.ts';
import { watchProjectFiles, type ProjectWatch } from './watch-project-files.ts';
import { writeStarter } from './write-starter.ts';

/** At most so many folders of one drop are opened. */
const limitFolders = 50;
/** The projects opened last whose files are watched. */
const watchedProjects = 12;

export interface FileChange {
  projectId: string;
  file: string;
  revision: string | null;
}

export interface ProjectsOptions {
  store: Store;
  /** The home folder, shown as ~. */
  home: string;
  /** Another program changed, made or removed (`revision` null) a Dockerfile or ignore file of an open project. */
  onFileChange: (change: FileChange) => void;
}

/**
 * The folders that were opened, by their ids. A path comes in from the system and goes out only as `displayPath`.
 * Everything that takes an id throws project-unknown for one that was never given out.
 */
export class Projects {
  readonly #store: Store;
  readonly #home: string;
  readonly #onFileChange: (change: FileChange) => void;
  readonly #watches = new Map<string, Promise<ProjectWatch>>();

  constructor(options: ProjectsOptions) {
    this.#store = options.store;
    this.#home = options.home;
    this.#onFileChange = options.onFileChange;
  }

  pathOf(id: string): string {
    return this.#store.projects.pathOf(id);
  }

  /** Opens each folder once; a file stands for its folder. What could not be opened is told beside what could. */
  async importPaths(paths: readonly string[]): Promise<ImportResult> {
    const result: ImportResult = { projects: [], failures: [] };
    const roots = new Set<string>();
    for (const path of paths) {
      try {
        const root = await findRoot(path);
        if (roots.has(root) || roots.size === limitFolders) continue;
        roots.add(root);
        result.projects.push(await this.#openRoot(root));
      } catch (error) {
        result.failures.push({ name: folderName(path), error: toErrorData(error) });
      }
    }
    return result;
  }

  /** Opens a known project anew. Throws project-vanished, project-unreadable, folder-loops, folder-too-large. */
  async open(id: string): Promise<Project> {
    return this.#openRoot(this.pathOf(id));
  }

  async recent(): Promise<RecentProject[]> {
    return listRecent(this.#store, this.#home);
  }

  async forget(id: string): Promise<void> {
    await this.#store.recent.forget(id);
  }

  async starter(id: string): Promise<Starter> {
    return suggestStarter(this.pathOf(id));
  }

  /** Writes starter files, all or none, and opens the project with them. Throws file-exists, file-unwritable. */
  async writeStarter(id: string, files: Starter['files']): Promise<Project> {
    const root = this.pathOf(id);
    await writeStarter(root, files);
    return this.#openRoot(root);
  }

  async readFile(id: string, file: string): Promise<ProjectText> {
    return readProjectFile(this.pathOf(id), file);
  }

  /** Resolves to the new revision; see saveProjectFile for the errors. Our own save is not told as a change. */
  async saveFile(
    id: string,
    file: string,
    text: string,
    save: { revision: string | null; replace: boolean }
  ): Promise<string> {
    const watch = await this.#watches.get(id);
    const beforeWrite = (revision: string): void => watch?.expect(file, revision);
    return saveProjectFile(this.pathOf(id), file, text, { ...save, beforeWrite });
  }

  /** Puts a copy of the sample at `to`, keeping one that is there; resolves to `to`. */
  async placeSample(from: string, to: string): Promise<string> {
    return placeSample(from, to);
  }

  /** Ends all watching. */
  async close(): Promise<void> {
    const watches = [...this.#watches.values()];
    this.#watches.clear();
    for (const watch of watches) (await watch).stop();
  }

  async #openRoot(root: string): Promise<Project> {
    const findings = await inspectFolder(root);
    const id = this.#store.projects.idOf(root);
    // A list that cannot be written keeps nobody from opening a project.
    await this.#store.recent
      .touch({ id, path: root, name: findings.name, stack: findings.stack })
      .catch(() => undefined);
    await this.#watch(id, root);
    return { id, displayPath: displayPath(root, this.#home), ...findings };
  }

  async #watch(id: string, root: string): Promise<void> {
    const watching =
      this.#watches.get(id) ??
      watchProjectFiles(root, (file, revision) => this.#onFileChange({ projectId: id, file, revision }));
    // Taken out and put in again: the map's order is that of the last opening.
    this.#watches.delete(id);
    this.#watches.set(id, watching);
    const [oldest] = this.#watches;
    if (oldest && this.#watches.size > watchedProjects) {
      this.#watches.delete(oldest[0]);
      (await oldest[1]).stop();
    }
    await watching;
  }
}

/** The real folder that a path from the system means. */
async function findRoot(path: string): Promise<string> {
  const name = folderName(path);
  try {
    const real = await realpath(path);
    const found = await stat(real);
    if (found.isDirectory()) return real;
    if (found.isFile()) return dirname(real);
  } catch (error) {
    throw toProjectError(error, name, path);
  }
  throw new AppError('project-unreadable', { name, detail: 'not a folder' });
}
