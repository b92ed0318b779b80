import { constants, type Stats } from 'node:fs';
import type { ErrorDetail } from '#contract/schema/error-reason.ts';
import { lstat, open, readdir, readlink } from 'node:fs/promises';
import { join } from 'node:path';
import { AppError, Cancelled } from '../util/app-error.ts';
import { folderName } from '../util/folder-name.ts';
import { errorCode, errorDetail } from '../util/error-code.ts';
import { toProjectError } from './project-error.ts';
import { normalizeContextPath } from './normalize-context-path.ts';
import { readIgnoreRules, type IgnoreRules } from './ignore-rules.ts';

export interface ContextEntry {
  /** Relative to the context, with forward slashes. */
  path: string;
  kind: 'file' | 'folder' | 'symlink';
  /** Permission bits. */
  mode: number;
  /** Bytes of a file; 0 for others. */
  sizeBytes: number;
  modifiedAt: Date;
  /** Where a symlink points, as it is written; empty for others. */
  target: string;
}

export type ContextFinding =
  | { kind: 'entry'; entry: ContextEntry }
  /** Left out by .dockerignore; a folder that nothing takes back from is found once, without what it holds. */
  | { kind: 'ignored'; path: string }
  | { kind: 'unreadable'; path: string; detail: ErrorDetail }
  /** A socket, pipe or device, which no image can hold. */
  | { kind: 'skipped'; path: string };

export interface ContextOptions {
  root: string;
  /** Path inside the context; always sent, with the ignore file that holds for it. Null: none chosen yet. */
  dockerfile: string | null;
  signal?: AbortSignal | undefined;
  /** More paths than this are too many; 300,000 unless told. */
  limitFiles?: number | undefined;
}

const defaultLimitFiles = 300_000;
const readNoLink = constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK;
/** Paths asked of the system at once. */
const batchSize = 64;

/**
 * Everything that a build's context would hold, folders before what is in them and names in order, so that the same
 * folder always gives the same sequence. Links are never followed. What vanishes meanwhile is left out.
 * Throws project-vanished, project-unreadable, file-unreadable or file-too-large for the ignore file, and file-missing
 * for a Dockerfile outside of the context; the walk itself folder-too-large and Cancelled.
 */
export async function walkContext(options: ContextOptions): Promise<Findings> {
  const { root } = options;
  const dockerfile = options.dockerfile === null ? null : normalizeContextPath(options.dockerfile);
  const { rules, names } = await readIgnoreRules(root, dockerfile);
  const always = new Set(dockerfile === null ? names : [dockerfile, ...names, '.dockerignore']);
  return walkFrom(await listRoot(root), choose(rules, always), options);
}

type Findings = AsyncGenerator<ContextFinding, void, undefined>;

async function* walkFrom(top: string[], choice: Choice, options: ContextOptions): Findings {
  const { root, signal, limitFiles = defaultLimitFiles } = options;
  const pending: Level[] = [{ path: '', names: top, entry: undefined }];
  let count = 0;
  for (;;) {
    const level = pending.at(-1);
    if (!level) return;
    const batch = level.names.splice(0, batchSize);
    if (batch.length === 0) {
      pending.pop();
      continue;
    }
    if (signal?.aborted === true) throw new Cancelled();
    count += batch.length;
    if (count > limitFiles) throw new AppError('folder-too-large', { limitFiles });
    const inspected = await Promise.all(batch.map((name) => inspect(root, childOf(level.path, name), choice)));
    for (const [index, finding] of inspected.entries()) {
      if (finding === undefined) continue;
      if (finding.kind === 'below') {
        // What the batch still holds comes after all that is in this folder.
        level.names.unshift(...batch.slice(index + 1));
        count -= batch.length - index - 1;
        if (finding.included) yield* unsent(pending, finding.entry);
        const inside = await list(root, finding.entry.path);
        if (typeof inside === 'string') {
          if (finding.included) yield { kind: 'unreadable', path: finding.entry.path, detail: inside };
        } else {
          if (!finding.included) yield { kind: 'ignored', path: finding.entry.path };
          pending.push({
            path: finding.entry.path,
            names: inside,
            entry: finding.included ? undefined : finding.entry
          });
        }
        break;
      }
      if (finding.kind === 'entry') yield* unsent(pending, finding.entry);
      else yield finding;
    }
  }
}

interface Level {
  path: string;
  /** Names still to look at, in order. */
  names: string[];
  /** The folder itself while it was not sent. */
  entry: ContextEntry | undefined;
}

/** The ignored folders above an entry that were not sent yet, then the entry. */
function* unsent(pending: Level[], entry: ContextEntry): Generator<ContextFinding, void, undefined> {
  for (const level of pending) {
    if (level.entry) yield { kind: 'entry', entry: level.entry };
    level.entry = undefined;
  }
  yield { kind: 'entry', entry };
}

interface Choice {
  includes(path: string): boolean;
  entersIgnored(folder: string): boolean;
}

/** The rules, but for the files that the engine needs to build at all. */
function choose(rules: IgnoreRules, always: ReadonlySet<string>): Choice {
  return {
    includes: (path) => always.has(path) || !rules.ignores(path),
    entersIgnored: (folder) =>
      rules.mayIncludeBelow(folder) || [...always].some((path) => path.startsWith(`${folder}/`))
  };
}

type Inspected = ContextFinding | { kind: 'below'; entry: ContextEntry; included: boolean };

async function inspect(root: string, path: string, choice: Choice): Promise<Inspected | undefined> {
  const included = choice.includes(path);
  try {
    const found = await lstat(join(root, path));
    if (found.isDirectory()) {
      if (!included && !choice.entersIgnored(path)) return { kind: 'ignored', path };
      return { kind: 'below', entry: entryOf(path, 'folder', found), included };
    }
    if (!included) return { kind: 'ignored', path };
    if (found.isSymbolicLink()) {
      const target = await readlink(join(root, path));
      return { kind: 'entry', entry: { ...entryOf(path, 'symlink', found), target } };
    }
    if (!found.isFile()) return { kind: 'skipped', path };
    // Most files are open to all; only of the others this user may not be one.
    if ((found.mode & 0o444) !== 0o444) await (await open(join(root, path), readNoLink)).close();
    return { kind: 'entry', entry: { ...entryOf(path, 'file', found), sizeBytes: found.size } };
  } catch (error) {
    if (!included) return { kind: 'ignored', path };
    const code = errorCode(error);
    // The system knows names of any bytes; one that is no UTF-8 reads with replacement characters and is not found.
    if (path.includes('\uFFFD')) return { kind: 'unreadable', path, detail: { reason: 'name-not-utf8' } };
    if (code === 'ENOENT' || code === 'ENOTDIR') return undefined;
    return { kind: 'unreadable', path, detail: errorDetail(error) };
  }
}

function entryOf(path: string, kind: ContextEntry['kind'], found: Stats): ContextEntry {
  return { path, kind, mode: found.mode & 0o7777, sizeBytes: 0, modifiedAt: found.mtime, target: '' };
}

function childOf(folder: string, name: string): string {
  return folder === '' ? name : `${folder}/${name}`;
}

async function listRoot(root: string): Promise<string[]> {
  try {
    return (await readdir(root)).sort();
  } catch (error) {
    throw toProjectError(error, folderName(root), root);
  }
}

/** The names in a folder, in order; none when it vanished; the code of the error when it cannot be read. */
async function list(root: string, path: string): Promise<string[] | string> {
  try {
    return (await readdir(join(root, path))).sort();
  } catch (error) {
    const code = errorCode(error);
    return code === 'ENOENT' || code === 'ENOTDIR' ? [] : errorDetail(error);
  }
}
