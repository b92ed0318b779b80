import { lstat, readdir, readlink } from 'node:fs/promises';
import { join, posix } from 'node:path';
import { cleanPath } from '../../../context/path-matcher.ts';
import { compilePattern } from '../../../context/path-pattern.ts';
import { sortNames } from '../../../context/sort-names.ts';

/** Max number of links followed: links can point at each other in exponentially many ways. */
const maxLinks = 1000;

/**
 * The paths that a COPY needs: the given ones, which may have wildcards, and the targets of symlinks along them. Null if one
 * of them is the folder itself. A target outside of the folder is resolved from the folder's root, as in a chroot.
 * Equivalent of FollowLinks in fsutil: https://github.com/tonistiigi/fsutil/blob/master/followlinks.go
 */
export async function followPaths(root: string, paths: readonly string[]): Promise<string[] | null> {
  const resolved = new Set<string>();
  const seen = new Set<string>();
  const pending = paths.map(toSegments);
  while (pending.length > 0 && seen.size < maxLinks + paths.length) {
    const segments = pending.pop() ?? [];
    if (segments.length === 0) return null;
    if (seen.has(segments.join('/'))) continue;
    seen.add(segments.join('/'));
    const link = await findLink(root, segments);
    resolved.add(segments.slice(0, link?.depth).join('/'));
    for (const target of link?.targets ?? []) pending.push(target);
  }
  return [...resolved];
}

/** The segments of a clean path that stays inside the folder. */
function toSegments(path: string): string[] {
  return cleanPath(`/${path}`)
    .split('/')
    .filter((segment) => segment !== '');
}

interface Link {
  /** Number of segments up to and including the link. */
  readonly depth: number;
  /** The path with the link replaced by its target; several if a wildcard matches several links. */
  readonly targets: string[][];
}

/** The first segment that is a symlink, or a wildcard that matches symlinks. */
async function findLink(root: string, segments: readonly string[]): Promise<Link | null> {
  for (let depth = 1; depth <= segments.length; depth++) {
    const folder = segments.slice(0, depth - 1).join('/');
    const names = await matchNames(root, folder, segments[depth - 1] ?? '');
    const targets: string[][] = [];
    for (const name of names) {
      const target = await readTarget(join(root, folder, name));
      if (target === null) continue;
      const path = posix.isAbsolute(target) ? target : `${folder}/${target}`;
      targets.push([...toSegments(path), ...segments.slice(depth)]);
    }
    if (targets.length > 0) return { depth, targets };
  }
  return null;
}

async function matchNames(root: string, folder: string, name: string): Promise<string[]> {
  if (!hasWildcard(name)) return [name];
  try {
    const pattern = compilePattern(name, false);
    return sortNames(await readdir(join(root, folder))).filter((each) => pattern.matches(each));
  } catch {
    // A missing folder or an invalid pattern; listFiles reports it if it matters.
    return [];
  }
}

function hasWildcard(name: string): boolean {
  return /[*?[]/.test(name.replace(/\\./gs, ''));
}

async function readTarget(path: string): Promise<string | null> {
  try {
    return (await lstat(path)).isSymbolicLink() ? await readlink(path) : null;
  } catch {
    return null;
  }
}
