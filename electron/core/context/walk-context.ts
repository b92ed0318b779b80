import { ContextFilter } from './context-filter.ts';
import { normalizeContextPath } from './normalize-context-path.ts';
import { compileIgnorePatterns, readIgnorePatterns } from './read-ignore-patterns.ts';
import { walkFolder, type ContextFindings } from './walk-folder.ts';

export interface ContextOptions {
  root: string;
  /** Path inside the context; always sent, with the ignore file that holds for it. Null: none chosen yet. */
  dockerfile: string | null;
  signal?: AbortSignal | undefined;
  /** More paths than this are too many; 300,000 by default. */
  limitFiles?: number | undefined;
}

const defaultLimitFiles = 300_000;

/**
 * All entries of the build context, as sent in a tar, in the order of walkFolder. Throws what walkFolder throws, file-unreadable or file-too-large for the ignore file, and file-missing for
 * a Dockerfile outside of the context.
 */
export async function walkContext(options: ContextOptions): Promise<ContextFindings> {
  const { root, signal, limitFiles = defaultLimitFiles } = options;
  const dockerfile = options.dockerfile === null ? null : normalizeContextPath(options.dockerfile);
  const ignored = await readIgnorePatterns(root, dockerfile);
  const ignoreFiles = ignored.file === null ? [] : [ignored.file];
  // The builder needs these files.
  const always = new Set(dockerfile === null ? ignoreFiles : [dockerfile, ...ignoreFiles, '.dockerignore']);
  const filter = new ContextFilter({ include: null, exclude: compileIgnorePatterns(ignored), always });
  return walkFolder({ root, filter, signal, limitFiles, opensFiles: true });
}
