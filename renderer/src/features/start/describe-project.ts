import type { RecentProject, Stack } from '#contract/schema/project.ts';
import { words } from '#contract/words/words.ts';
import { formatAgo, formatClock } from '../../text/format-time.ts';

const dayMs = 86_400_000;

/** "Python · Flask", "Static site"; null if nothing was recognized. */
export function describeStack(stack: Stack): string | null {
  if (stack.language === 'unknown') return stack.framework ?? null;
  return words.workspace.stack(stack.language, stack.framework);
}

/** The last action of a project: "Pushed 10:26", "Failed 10:20", "Built yesterday", "Never built". */
export function describeLast(project: RecentProject, now: number): string {
  if (project.missing) return words.start.missing;
  if (hasFailed(project)) return words.start.failed(formatRecentTime(project.lastFailureAt ?? now, now));
  const builtAt = project.lastBuild?.at ?? null;
  const pushedAt = project.lastPushAt;
  if (pushedAt !== null && (builtAt === null || pushedAt >= builtAt))
    return words.start.pushed(formatRecentTime(pushedAt, now));
  return builtAt === null ? words.start.notBuilt : words.start.built(formatRecentTime(builtAt, now));
}

/** Whether the last thing that happened to a project is a build that failed. */
export function hasFailed({ lastFailureAt, lastPushAt }: RecentProject): boolean {
  return lastFailureAt !== null && lastFailureAt > (lastPushAt ?? 0);
}

function formatRecentTime(at: number, now: number): string {
  const today = new Date(at).toDateString() === new Date(now).toDateString();
  return today && now - at < dayMs ? formatClock(at) : formatAgo(at, now);
}
