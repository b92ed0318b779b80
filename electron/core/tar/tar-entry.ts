import type { ErrorReason } from '#contract/schema/error-reason.ts';
/** The type of a tar entry. `other` are types that POSIX and GNU do not define. */
export type TarEntryType = 'file' | 'hard-link' | 'symlink' | 'character' | 'block' | 'folder' | 'fifo' | 'other';

/** One entry of a tar: https://pubs.opengroup.org/onlinepubs/9699919799/utilities/pax.html */
export interface TarEntry {
  /** Without leading "/" or "./", without "." and ".." segments, without trailing "/"; empty for the root itself. */
  path: string;
  type: TarEntryType;
  /** Size of the file's content (for a sparse file including its holes); 0 for anything but a file. */
  sizeBytes: number;
  /** The permission bits, 0o7777. */
  mode: number;
  uid: number;
  gid: number;
  /** Seconds since 1970. */
  mtimeSeconds: number;
  /** A hard link's normalized path, a symlink's target as written; else empty. */
  linkTarget: string;
  /** Extended attributes by name; null for none. */
  xattrs: ReadonlyMap<string, Buffer> | null;
}

/** Limits for the values in a tar's headers. */
export interface TarLimits {
  maxEntries: number;
  /** Length of a path or a link's target. */
  maxNameBytes: number;
  /** Size of one pax or GNU header's data. */
  maxHeaderBytes: number;
  /** Nesting of directories. */
  maxDepth: number;
}

export const tarLimits: TarLimits = {
  maxEntries: 5_000_000,
  maxNameBytes: 65_536,
  maxHeaderBytes: 1_048_576,
  maxDepth: 1024
};

/** What is wrong with a tar: the reasons of the contract that are about tars. */
export type TarProblem = Extract<ErrorReason['reason'], `tar-${string}`>;

/** A tar that cannot be read any further; `entry` is the current entry, or the last one. */
export class TarError extends Error {
  override readonly name = 'TarError';
  readonly problem: TarProblem | keyof TarLimits;
  readonly entry: string;

  constructor(problem: TarProblem | keyof TarLimits, entry: string) {
    super(problem);
    this.problem = problem;
    this.entry = entry;
  }
}

const TYPES: Readonly<Record<number, TarEntryType>> = {
  0x00: 'file',
  0x30: 'file',
  0x31: 'hard-link',
  0x32: 'symlink',
  0x33: 'character',
  0x34: 'block',
  0x35: 'folder',
  0x36: 'fifo',
  0x37: 'file',
  0x53: 'file'
};

/** The type for a header's type flag; 0x37 is a contiguous file, 0x53 GNU's sparse one. */
export function entryTypeOf(flag: number): TarEntryType {
  return TYPES[flag] ?? 'other';
}

/** The path inside the root, or null if its ".." escape it. */
export function normalizePath(path: string): string | null {
  if (isNormal(path)) return path;
  const segments: string[] = [];
  for (const segment of path.split('/')) {
    if (segment === '' || segment === '.') continue;
    if (segment !== '..') segments.push(segment);
    else if (segments.pop() === undefined) return null;
  }
  return segments.join('/');
}

const SLASH = 0x2f;
const DOT = 0x2e;

/** Whether no segment is empty, "." or "..", as for most paths. */
function isNormal(path: string): boolean {
  let start = 0;
  for (let at = 0; at <= path.length; at++) {
    if (at < path.length && path.charCodeAt(at) !== SLASH) continue;
    const length = at - start;
    if (length === 0) return false;
    if (length <= 2 && path.charCodeAt(start) === DOT && path.charCodeAt(at - 1) === DOT) return false;
    start = at + 1;
  }
  return true;
}
