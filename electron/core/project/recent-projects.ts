import { stat } from 'node:fs/promises';
import type { BuildRecord } from '../../contract/schema/build.ts';
import type { RecentProject } from '../../contract/schema/project.ts';
import type { Store } from '../store/open-store.ts';
import { displayPath } from './display-path.ts';

/** The recent list, last opened first, with what the build records say of each project. */
export async function listRecent(store: Store, home: string): Promise<RecentProject[]> {
  return Promise.all(
    store.recent.list().map(async ({ path, ...entry }) => {
      const found = await stat(path).catch(() => undefined);
      const records = await store.builds.list(entry.id);
      return {
        ...entry,
        displayPath: displayPath(path, home),
        missing: found?.isDirectory() !== true,
        lastBuild: lastBuild(records),
        lastPushAt: lastPush(records)
      };
    })
  );
}

/** The last finished build; `deltaBytes` against the finished one before it. */
function lastBuild(records: readonly BuildRecord[]): RecentProject['lastBuild'] {
  const [last, before] = records.filter(({ outcome }) => outcome === 'finished');
  if (!last) return null;
  const { sizeBytes } = last;
  const previousBytes = before?.sizeBytes ?? null;
  return {
    at: last.startedAt + last.durationMs,
    sizeBytes,
    deltaBytes: sizeBytes === null || previousBytes === null ? null : sizeBytes - previousBytes
  };
}

function lastPush(records: readonly BuildRecord[]): number | null {
  const times = records.flatMap(({ pushed }) => pushed?.at ?? []);
  return times.length === 0 ? null : Math.max(...times);
}
