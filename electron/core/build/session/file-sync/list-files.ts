import { AppError } from '../../../util/app-error.ts';
import { ContextFilter } from '../../../context/context-filter.ts';
import { PathMatcher } from '../../../context/path-matcher.ts';
import { walkFolder, type ContextEntry } from '../../../context/walk-folder.ts';
import { followPaths } from './follow-paths.ts';

/** What the engine asks for of a folder; its patterns, not those of the ignore file's text, are what counts. */
export interface FileSelection {
  readonly root: string;
  /** Only what one of these matches; all when there is none. */
  readonly include: readonly string[];
  readonly exclude: readonly string[];
  /** Included too, and where links on the way of these lead. */
  readonly follow: readonly string[];
}

/**
 * The entries that the engine is to know of, in walkFolder's order. Throws SyntaxError for a bad pattern, file-unreadable
 * for a folder that cannot be listed and a name that is not UTF-8, project-vanished, project-unreadable, and Cancelled.
 */
export async function* listFiles(
  { root, include, exclude, follow }: FileSelection,
  signal: AbortSignal
): AsyncGenerator<ContextEntry, void, undefined> {
  const followed = follow.length === 0 ? [] : await followPaths(root, follow);
  const included = [...include, ...(followed ?? [])];
  const filter = new ContextFilter({
    include: included.length === 0 ? null : new PathMatcher(included),
    exclude: new PathMatcher(exclude)
  });
  const options = { root, filter, signal, limitFiles: Infinity, opensFiles: false };
  for await (const finding of await walkFolder(options)) {
    if (finding.kind === 'entry') yield finding.entry;
    else if (finding.kind === 'unreadable') {
      throw new AppError('file-unreadable', { file: finding.path, detail: finding.detail });
    }
  }
}
