import { AppError } from '../../../util/app-error.ts';
import { ContextFilter } from '../../../context/context-filter.ts';
import { PathMatcher } from '../../../context/path-matcher.ts';
import { walkFolder, type ContextEntry } from '../../../context/walk-folder.ts';
import { followPaths } from './follow-paths.ts';

/** What the engine requests of a folder. The engine has read the ignore file itself and sends its patterns. */
export interface FileSelection {
  readonly root: string;
  /** Only matching paths; all if empty. */
  readonly include: readonly string[];
  readonly exclude: readonly string[];
  /** Included too, with the targets of symlinks along them. */
  readonly follow: readonly string[];
}

/**
 * The selected entries, in the order of walkFolder. Throws SyntaxError for an invalid pattern, file-unreadable for a folder
 * that cannot be listed or a name that is not UTF-8, project-vanished, project-unreadable, Cancelled.
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
