import { join, posix } from 'node:path';
import ignore from '@balena/dockerignore';
import { AppError } from '../util/app-error.ts';
import { errorCode, errorDetail } from '../util/error-code.ts';
import { readBoundedFile } from '../util/read-bounded-file.ts';

/** What a .dockerignore says, by Docker's rules. Paths are relative to the context, with forward slashes. */
export interface IgnoreRules {
  ignores(path: string): boolean;
  /** Whether anything below an ignored folder could be taken back by a `!` pattern: false lets a walk leave it out. */
  mayIncludeBelow(folder: string): boolean;
}

const limitBytes = 1024 * 1024;

/**
 * The rules for a build of `dockerfile` (null: none chosen yet): `<dockerfile>.dockerignore` beside it, else the
 * context's `.dockerignore`, else none, as BuildKit chooses. `names` are the files that were found.
 * Throws file-unreadable, file-too-large.
 * https://docs.docker.com/build/concepts/context/#dockerignore-files
 */
export async function readIgnoreRules(
  root: string,
  dockerfile: string | null
): Promise<{ rules: IgnoreRules; names: string[] }> {
  const candidates = dockerfile === null ? ['.dockerignore'] : [`${dockerfile}.dockerignore`, '.dockerignore'];
  for (const file of candidates) {
    const text = await readText(join(root, file), file);
    if (text !== undefined) return { rules: parseIgnoreRules(text, file), names: [file] };
  }
  return { rules: parseIgnoreRules('', '.dockerignore'), names: [] };
}

async function readText(path: string, file: string): Promise<string | undefined> {
  try {
    const found = await readBoundedFile(path, limitBytes);
    if (found.kind === 'too-large') throw new AppError('file-too-large', { file, limitBytes });
    if (found.kind === 'not-a-file') throw new AppError('file-unreadable', { file, detail: { reason: 'not-a-file' } });
    return found.bytes.toString('utf8');
  } catch (error) {
    if (error instanceof AppError) throw error;
    if (errorCode(error) === 'ENOENT' || errorCode(error) === 'ENOTDIR') return undefined;
    throw new AppError('file-unreadable', { file, detail: errorDetail(error) }, { cause: error });
  }
}

/** Throws file-unreadable for a pattern that is none, as the engine refuses the build for it. */
export function parseIgnoreRules(text: string, file: string): IgnoreRules {
  const lines = text
    .replace(/^\uFEFF/, '')
    .split(/\r?\n/)
    // Each "**/" becomes a group that backtracks; in a row they mean the same as one.
    .map((line) => line.replace(/(?:\*\*\/)+/g, '**/'));
  const matcher = ignore({ ignorecase: false }).add(lines);
  // Its cache is a plain object, which would take a file named "constructor" for one that it has seen.
  Reflect.set(matcher, '_cache', Object.create(null));
  try {
    // Patterns are compiled when they are first asked.
    matcher.ignores('any');
  } catch (error) {
    throw new AppError('file-unreadable', { file, detail: { reason: 'pattern-invalid' } }, { cause: error });
  }
  const exceptions = lines.filter((line) => !line.startsWith('#') && line.trim().startsWith('!')).map(segmentsOf);
  return {
    ignores: (path) => matcher.ignores(path),
    mayIncludeBelow: (folder) => {
      const below = folder.split('/');
      return exceptions.some((pattern) => mayMatch(pattern, below));
    }
  };
}

function segmentsOf(line: string): string[] {
  const pattern = posix.normalize(line.trim().slice(1).trim());
  return pattern.replace(/^\//, '').replace(/\/$/, '').split('/');
}

/** True unless a plain part of the pattern says that it is of another folder. */
function mayMatch(pattern: readonly string[], folder: readonly string[]): boolean {
  for (const [index, part] of folder.entries()) {
    const wanted = pattern[index];
    if (wanted === undefined || wanted.includes('**')) return true;
    if (!/[*?[\\]/.test(wanted) && wanted !== part) return false;
  }
  return true;
}
