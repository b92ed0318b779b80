import type { RecentProject, Stack } from '#contract/schema/project.ts';
import { words } from '#contract/words/words.ts';
import { formatAgo, formatClock } from '../../text/format-time.ts';

const dayMs = 86_400_000;

/** "Python · Flask", "Static site"; null if nothing was recognized. */
export function describeStack(stack: Stack): string | null {
  if (stack.language === 'unknown') return stack.framework ?? null;
  return words.workspace.stack(stack.language, stack.framework);
}

/** The last action of a project: "Pushed 10:26", "Built yesterday", "Never built". */
export function describeLast(project: RecentProject, now: number): string {
  if (project.missing) return words.start.missing;
  const builtAt = project.lastBuild?.at ?? null;
  const pushedAt = project.lastPushAt;
  if (pushedAt !== null && (builtAt === null || pushedAt >= builtAt))
    return words.start.pushed(formatRecentTime(pushedAt, now));
  return builtAt === null ? words.start.notBuilt : words.start.built(formatRecentTime(builtAt, now));
}

function formatRecentTime(at: number, now: number): string {
  const today = new Date(at).toDateString() === new Date(now).toDateString();
  return today && now - at < dayMs ? formatClock(at) : formatAgo(at, now);
}
