import type { Bridge } from '#contract/ipc/bridge.ts';
import type { AwaitedJobKind } from '#contract/jobs/job-kinds.ts';
import type { JobInfo } from '#contract/schema/job.ts';
import { words } from '#contract/words/words.ts';
import { call } from '../bridge/call.ts';
import type { AppState } from './app-state.svelte.ts';
import type { ProjectsState } from './projects-state.svelte.ts';

/** A running job that someone waits for. */
export interface RunningJob extends JobInfo {
  readonly kind: AwaitedJobKind;
}

const tickMs = 1000;

/** The running jobs that someone waits for, on any screen: oldest first. */
export class RunningJobs {
  list = $state.raw<readonly RunningJob[]>([]);
  /** Milliseconds since 1970; advances while jobs are running. */
  nowMs = $state(0);

  readonly #bridge: Bridge;
  readonly #app: AppState;
  readonly #projects: ProjectsState;
  #timer: ReturnType<typeof setInterval> | undefined;

  constructor(bridge: Bridge, app: AppState, projects: ProjectsState) {
    this.#bridge = bridge;
    this.#app = app;
    this.#projects = projects;
  }

  /** Reads the running jobs and follows them until the returned function is called. */
  follow(): () => void {
    const unsubscribes = [
      this.#bridge.on('job.started', (info) => this.#add([info])),
      this.#bridge.on('job.events', ({ jobId, events }) => {
        const last = events.at(-1);
        if (last !== undefined && 'end' in last) this.#set(this.list.filter((job) => job.jobId !== jobId));
      })
    ];
    void this.#app.attempt(async () => this.#add(await call(this.#bridge, 'job.list', {})));
    return () => {
      unsubscribes.forEach((unsubscribe) => unsubscribe());
      this.#set([]);
    };
  }

  /** The jobs that are not on the current screen. */
  get elsewhere(): readonly RunningJob[] {
    const { screen, project } = this.#app;
    return this.list.filter(({ kind, projectId }) =>
      kind === 'transfer' ? screen !== 'images' : screen !== 'projects' || project?.id !== projectId
    );
  }

  /** "many8"; null if the job belongs to no project. */
  projectName({ projectId }: RunningJob): string | null {
    const { project } = this.#app;
    if (project?.id === projectId) return project.name;
    return this.#projects.recent?.find(({ id }) => id === projectId)?.name ?? null;
  }

  /** Shows the screen of a job. */
  async show({ kind, projectId }: RunningJob): Promise<void> {
    if (kind === 'transfer') {
      this.#app.show('images');
      return;
    }
    const recent = this.#projects.recent?.find(({ id }) => id === projectId);
    if (this.#app.project?.id === projectId || recent === undefined) this.#app.show('projects');
    else await this.#projects.open(recent);
  }

  #add(infos: readonly JobInfo[]): void {
    const added = infos
      .filter((info): info is RunningJob => !info.ended && info.kind in words.app.running)
      .filter(({ jobId }) => this.list.every((job) => job.jobId !== jobId));
    this.#set([...this.list, ...added]);
  }

  #set(list: readonly RunningJob[]): void {
    this.list = list;
    if (list.length === 0) {
      clearInterval(this.#timer);
      this.#timer = undefined;
      return;
    }
    this.nowMs = Date.now();
    this.#timer ??= setInterval(() => (this.nowMs = Date.now()), tickMs);
  }
}
