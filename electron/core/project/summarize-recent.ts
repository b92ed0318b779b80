import type { BuildRecord } from '#contract/schema/build.ts';
import type { RecentProject } from '#contract/schema/project.ts';
import type { RecentEntry } from '../store/project-table.ts';

type Summary = Omit<RecentProject, 'displayPath' | 'missing'>;

/** A row of the recent list: the last image's size, and its difference to the previous one. Records newest first. */
export function summarizeRecent({ id, name, stack, openedAt }: RecentEntry, records: readonly BuildRecord[]): Summary {
  // One that was canceled says nothing about the Dockerfile.
  const newest = records.find(({ outcome }) => outcome !== 'cancelled');
  const [last, before] = records.filter(({ outcome }) => outcome === 'finished');
  const pushes = records.flatMap(({ pushed }) => (pushed ? [pushed.at] : []));
  return {
    id,
    name,
    stack,
    openedAt,
    lastBuild: last
      ? {
          at: last.startedAt + last.durationMs,
          sizeBytes: last.sizeBytes,
          deltaBytes: difference(last.sizeBytes, before?.sizeBytes ?? null)
        }
      : null,
    lastFailureAt: newest?.outcome === 'failed' ? newest.startedAt + newest.durationMs : null,
    lastPushAt: pushes.length === 0 ? null : Math.max(...pushes)
  };
}

function difference(now: number | null, before: number | null): number | null {
  return now === null || before === null ? null : now - before;
}
