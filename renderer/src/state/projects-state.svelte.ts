import type { Bridge } from '#contract/ipc/bridge.ts';
import type { AppErrorData } from '#contract/schema/error.ts';
import type { ImportResult, RecentProject } from '#contract/schema/project.ts';
import { call, unwrapReply, toErrorData } from '../bridge/call.ts';
import type { AppState } from './app-state.svelte.ts';

export interface ImportFailure {
  readonly name: string;
  readonly error: AppErrorData;
}

/** The recent projects, and every way to open one. */
export class ProjectsState {
  /** Null until read. */
  recent = $state.raw<readonly RecentProject[] | null>(null);
  /** The paths that failed to open in the last import, until dismissed. */
  failures = $state.raw<readonly ImportFailure[]>([]);
  /** An import is running. */
  opening = $state<'drop' | 'choose' | 'archive' | 'sample' | 'recent' | null>(null);

  readonly #bridge: Bridge;
  readonly #app: AppState;

  constructor(bridge: Bridge, app: AppState) {
    this.#bridge = bridge;
    this.#app = app;
  }

  /** Reads the list, and opens folders from outside the window until the returned function is called. */
  follow(): () => void {
    void this.load();
    const unsubscribes = [
      this.#bridge.on('project.imported', (result) => this.applyImport(result)),
      // Its row shows the last build and push.
      this.#bridge.on('job.events', ({ kind, events }) => {
        const last = events.at(-1);
        if ((kind === 'build' || kind === 'push') && last !== undefined && 'end' in last) void this.load();
      })
    ];
    return () => unsubscribes.forEach((unsubscribe) => unsubscribe());
  }

  async load(): Promise<void> {
    await this.#app.attempt(async () => {
      this.recent = await call(this.#bridge, 'project.recent', {});
    });
  }

  /**
   * Opens the result of an import: the last project of several, with all in the recent list. A screen that takes
   * archives gets
   * each of them, and stays if one cannot be opened.
   */
  applyImport({ projects, archives, failures }: ImportResult): void {
    const { archiveHandler } = this.#app;
    const project = projects.at(-1);
    const archive = archives.at(-1);
    this.failures = archiveHandler === null ? failures : [];
    if (project) this.#app.openProject(project);
    if (archiveHandler !== null) {
      archives.forEach(archiveHandler);
      for (const { error } of failures) this.#app.notifyError(error);
    } else if (archive) this.#app.openArchive(archive);
    else if (!project && failures.length > 0) this.#app.closeProject();
    void this.load();
  }

  /** Imports dropped files; `files` are the File objects of the drop event. */
  async drop(files: readonly File[]): Promise<void> {
    await this.#import('drop', async () => unwrapReply(await this.#bridge.drop(files)));
  }

  async choose(): Promise<void> {
    await this.#import('choose', () => call(this.#bridge, 'project.choose', {}));
  }

  async chooseArchive(): Promise<void> {
    await this.#import('archive', () => call(this.#bridge, 'archive.choose', {}));
  }

  async openSample(): Promise<void> {
    await this.#import('sample', () => call(this.#bridge, 'project.sample', {}));
  }

  /** Opens a project of the recent list. One that cannot be opened is listed in `failures`. */
  async open(recent: RecentProject): Promise<void> {
    await this.#import('recent', async () => {
      try {
        return {
          projects: [await call(this.#bridge, 'project.open', { projectId: recent.id })],
          archives: [],
          failures: []
        };
      } catch (cause) {
        return { projects: [], archives: [], failures: [{ name: recent.name, error: toErrorData(cause) }] };
      }
    });
  }

  /** Removes a project from the recent list, and closes it if it is open. Its files stay. */
  async forget(recent: RecentProject): Promise<void> {
    await this.#app.attempt(() => call(this.#bridge, 'project.forget', { projectId: recent.id }));
    if (this.#app.project?.id === recent.id) this.#app.closeProject();
    await this.load();
  }

  dismissFailures(): void {
    this.failures = [];
  }

  async #import(
    source: 'drop' | 'choose' | 'archive' | 'sample' | 'recent',
    load: () => Promise<ImportResult>
  ): Promise<void> {
    if (this.opening !== null) return;
    this.opening = source;
    await this.#app.attempt(async () => this.applyImport(await load()));
    this.opening = null;
  }
}
