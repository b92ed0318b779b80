import { isAwaited, type AwaitedJobKind } from '#contract/jobs/job-kinds.ts';
import type { JobInfo } from '#contract/schema/job.ts';

/** A running job that someone waits for. */
export interface RunningWork {
  readonly kind: AwaitedJobKind;
  /** Null: the job belongs to no project. */
  readonly project: string | null;
}

/** The jobs that quitting would cancel, oldest first, with the names of their projects. */
export function listRunningWork(
  jobs: readonly JobInfo[],
  projects: readonly { readonly id: string; readonly name: string }[]
): RunningWork[] {
  return jobs.flatMap(({ kind, projectId, ended }) => {
    if (ended || !isAwaited(kind)) return [];
    return [{ kind, project: projects.find(({ id }) => id === projectId)?.name ?? null }];
  });
}
