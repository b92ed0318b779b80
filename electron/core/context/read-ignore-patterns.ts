import { join } from 'node:path';
import { AppError } from '../util/app-error.ts';
import { errorCode, errorDetail } from '../util/error-code.ts';
import { readBoundedFile } from '../util/read-bounded-file.ts';
import { cleanPath, PathMatcher } from './path-matcher.ts';
import { trimSpace } from './trim-space.ts';

/** The patterns of an ignore file, and its path; null if there is none. */
export interface IgnorePatterns {
  readonly patterns: readonly string[];
  readonly file: string | null;
}

const maxFileBytes = 1024 * 1024;
/** Docker's limit. */
const maxLineBytes = 64 * 1024;

/**
 * The patterns for a build of `dockerfile` (null: none chosen yet): of `<dockerfile>.dockerignore` next to it, else of the
 * context's `.dockerignore`, else none, as BuildKit chooses. Throws file-unreadable, file-too-large.
 * https://docs.docker.com/build/concepts/context/#dockerignore-files
 */
export async function readIgnorePatterns(root: string, dockerfile: string | null): Promise<IgnorePatterns> {
  const candidates = dockerfile === null ? ['.dockerignore'] : [`${dockerfile}.dockerignore`, '.dockerignore'];
  for (const file of candidates) {
    const text = await readText(join(root, file), file);
    if (text !== undefined) return { patterns: parseIgnoreFile(text, file), file };
  }
  return { patterns: [], file: null };
}

async function readText(path: string, file: string): Promise<string | undefined> {
  try {
    const found = await readBoundedFile(path, maxFileBytes);
    if (found.kind === 'too-large') throw new AppError('file-too-large', { file, limitBytes: maxFileBytes });
    if (found.kind === 'not-a-file') throw new AppError('file-unreadable', { file, detail: { reason: 'not-a-file' } });
    return found.bytes.toString('utf8');
  } catch (error) {
    if (error instanceof AppError) throw error;
    if (errorCode(error) === 'ENOENT' || errorCode(error) === 'ENOTDIR') return undefined;
    throw new AppError('file-unreadable', { file, detail: errorDetail(error) }, { cause: error });
  }
}

/**
 * The patterns of an ignore file, without comments, cleaned, including their "!". Equivalent of ReadAll in moby's ignorefile.
 * Throws file-unreadable for a line that is too long for Docker.
 * https://github.com/moby/patternmatcher/blob/main/ignorefile/ignorefile.go
 */
export function parseIgnoreFile(text: string, file: string): string[] {
  const lines = text.replace(/^\uFEFF/, '').split('\n');
  if (lines.some((line) => Buffer.byteLength(line) >= maxLineBytes)) {
    throw new AppError('file-unreadable', { file, detail: { reason: 'line-too-long', limitBytes: maxLineBytes } });
  }
  return lines.flatMap((line) => {
    if (line.startsWith('#')) return [];
    const trimmed = trimSpace(line);
    if (trimmed === '') return [];
    const isException = trimmed.startsWith('!');
    const path = isException ? trimSpace(trimmed.slice(1)) : trimmed;
    const clean = path === '' ? '' : cleanPath(path);
    const relative = clean.length > 1 && clean.startsWith('/') ? clean.slice(1) : clean;
    return [isException ? `!${relative}` : relative];
  });
}

/** Compiles the patterns. Throws file-unreadable if Docker rejects one of them. */
export function compileIgnorePatterns({ patterns, file }: IgnorePatterns): PathMatcher {
  try {
    return new PathMatcher(patterns);
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    const detail = { reason: 'pattern-invalid' } as const;
    throw new AppError('file-unreadable', { file: file ?? '.dockerignore', detail }, { cause: error });
  }
}
