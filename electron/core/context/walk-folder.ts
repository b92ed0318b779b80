import { constants, type BigIntStats } from 'node:fs';
import { lstat, open, readdir, readlink } from 'node:fs/promises';
import { join } from 'node:path';
import type { ErrorDetail } from '#contract/schema/error-reason.ts';
import { AppError, Cancelled } from '../util/app-error.ts';
import { folderName } from '../util/folder-name.ts';
import { errorCode, errorDetail } from '../util/error-code.ts';
import type { Checked, ContextFilter } from './context-filter.ts';
import { toProjectError } from './project-error.ts';
import { sortNames } from './sort-names.ts';

export interface ContextEntry {
  /** Relative to the folder that is walked, with forward slashes. */
  path: string;
  kind: 'file' | 'folder' | 'symlink';
  /** Permission bits, with setuid, setgid and sticky. */
  mode: number;
  /** Bytes of a file; 0 for others. */
  sizeBytes: number;
  /** Nanoseconds since 1970. */
  modifiedNs: bigint;
  /** Target of a symlink, unresolved; empty for others. */
  target: string;
  /** Identifies a file with several hard links; null for others. */
  inode: string | null;
}

export type ContextFinding =
  | { kind: 'entry'; entry: ContextEntry }
  /** Excluded by the filter; for a folder without included paths there is one finding, none for its content. */
  | { kind: 'ignored'; path: string }
  | { kind: 'unreadable'; path: string; detail: ErrorDetail }
  /** A socket, pipe or device; images cannot contain them. */
  | { kind: 'skipped'; path: string };

export type ContextFindings = AsyncGenerator<ContextFinding, void, undefined>;

export interface WalkOptions {
  readonly root: string;
  readonly filter: ContextFilter;
  readonly signal?: AbortSignal | undefined;
  /** More paths than this are too many. */
  readonly limitFiles: number;
  /** Opens files without read permission for all, to find those that this user cannot read. */
  readonly opensFiles: boolean;
}

const readNoLink = constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK;
/** Number of parallel lstat calls. */
const batchSize = 64;

/**
 * All entries of a folder that the filter includes: a folder before its content, names sorted by their UTF-8 bytes. A folder
 * that is excluded itself precedes its first included entry. Symlinks are never followed. Files that vanish during the walk
 * are omitted. Throws project-vanished, project-unreadable; the walk itself folder-too-large and Cancelled.
 */
export async function walkFolder(options: WalkOptions): Promise<ContextFindings> {
  return walkFrom(await listRoot(options.root), options);
}

async function* walkFrom(
  top: string[],
  { root, filter, signal, limitFiles, opensFiles }: WalkOptions
): ContextFindings {
  const pending: Level[] = [{ path: '', names: top, checked: null, entry: undefined }];
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
    const paths = batch.map((name) => childOf(level.path, name));
    const inspected = await Promise.all(
      paths.map((path) => inspect(path, { root, filter, checked: filter.check(path, level.checked), opensFiles }))
    );
    for (const [index, finding] of inspected.entries()) {
      if (finding === undefined) continue;
      if (finding.kind === 'below') {
        // The remaining names of the batch follow the content of this folder.
        level.names.unshift(...batch.slice(index + 1));
        count -= batch.length - index - 1;
        const { entry, checked } = finding;
        if (checked.isIncluded) yield* unsent(pending, entry);
        const inside = await list(root, entry.path);
        if (typeof inside === 'string') {
          if (checked.isIncluded) yield { kind: 'unreadable', path: entry.path, detail: inside };
        } else {
          if (!checked.isIncluded) yield { kind: 'ignored', path: entry.path };
          pending.push({ path: entry.path, names: inside, checked, entry: checked.isIncluded ? undefined : entry });
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
  /** Remaining names, in order. */
  names: string[];
  checked: Checked | null;
  /** The folder itself until it is yielded. */
  entry: ContextEntry | undefined;
}

/** The excluded parent folders that were not yielded yet, then the entry. */
function* unsent(pending: Level[], entry: ContextEntry): Generator<ContextFinding, void, undefined> {
  for (const level of pending) {
    if (level.entry) yield { kind: 'entry', entry: level.entry };
    level.entry = undefined;
  }
  yield { kind: 'entry', entry };
}

type Inspected = ContextFinding | { kind: 'below'; entry: ContextEntry; checked: Checked };

interface Inspection {
  root: string;
  filter: ContextFilter;
  checked: Checked;
  opensFiles: boolean;
}

async function inspect(
  path: string,
  { root, filter, checked, opensFiles }: Inspection
): Promise<Inspected | undefined> {
  const { isIncluded } = checked;
  try {
    const found = await lstat(join(root, path), { bigint: true });
    if (found.isDirectory()) {
      if (!isIncluded && !filter.mayIncludeBelow(path, checked)) return { kind: 'ignored', path };
      return { kind: 'below', entry: entryOf(path, 'folder', found), checked };
    }
    if (!isIncluded) return { kind: 'ignored', path };
    if (found.isSymbolicLink()) {
      const target = await readlink(join(root, path));
      return { kind: 'entry', entry: { ...entryOf(path, 'symlink', found), target } };
    }
    if (!found.isFile()) return { kind: 'skipped', path };
    // Most files are readable by all users; only the others need to be tried.
    const mayBeClosed = (found.mode & 0o444n) !== 0o444n;
    if (opensFiles && mayBeClosed) await (await open(join(root, path), readNoLink)).close();
    return { kind: 'entry', entry: entryOf(path, 'file', found) };
  } catch (error) {
    if (!isIncluded) return { kind: 'ignored', path };
    const code = errorCode(error);
    // The system knows names of any bytes; one that is no UTF-8 reads with replacement characters and is not found.
    if (path.includes('\uFFFD')) return { kind: 'unreadable', path, detail: { reason: 'name-not-utf8' } };
    if (code === 'ENOENT' || code === 'ENOTDIR') return undefined;
    return { kind: 'unreadable', path, detail: errorDetail(error) };
  }
}

function entryOf(path: string, kind: ContextEntry['kind'], found: BigIntStats): ContextEntry {
  const isFile = kind === 'file';
  return {
    path,
    kind,
    mode: Number(found.mode & 0o7777n),
    sizeBytes: isFile ? Number(found.size) : 0,
    modifiedNs: found.mtimeNs,
    target: '',
    inode: isFile && found.nlink > 1n ? `${found.dev}:${found.ino}` : null
  };
}

function childOf(folder: string, name: string): string {
  return folder === '' ? name : `${folder}/${name}`;
}

async function listRoot(root: string): Promise<string[]> {
  try {
    return sortNames(await readdir(root));
  } catch (error) {
    throw toProjectError(error, folderName(root), root);
  }
}

/** The names in a folder, in order; none when it vanished; the code of the error when it cannot be read. */
async function list(root: string, path: string): Promise<string[] | string> {
  try {
    return sortNames(await readdir(join(root, path)));
  } catch (error) {
    const code = errorCode(error);
    return code === 'ENOENT' || code === 'ENOTDIR' ? [] : errorDetail(error);
  }
}
