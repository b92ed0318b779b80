import type { ContextSize } from '#contract/schema/project.ts';
import { walkContext } from './walk-context.ts';

const maxUnreadable = 10;

/** How much a build of `dockerfile` (null: none chosen yet) would send: the same walk, only counted, and its errors. */
export async function measureContext(
  root: string,
  dockerfile: string | null,
  signal?: AbortSignal
): Promise<ContextSize> {
  const size: ContextSize = { fileCount: 0, sizeBytes: 0, ignoredCount: 0, unreadable: [] };
  for await (const finding of await walkContext({ root, dockerfile, signal })) {
    switch (finding.kind) {
      case 'entry':
        if (finding.entry.kind === 'folder') break;
        size.fileCount++;
        size.sizeBytes += finding.entry.sizeBytes;
        break;
      case 'ignored':
        size.ignoredCount++;
        break;
      case 'unreadable':
        if (size.unreadable.length < maxUnreadable) size.unreadable.push(finding.path);
        break;
      case 'skipped':
        break;
    }
  }
  return size;
}
