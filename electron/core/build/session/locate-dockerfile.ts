import { basename, dirname, posix, resolve } from 'node:path';

/** The folder from which a Dockerfile is served, and its path there, with forward slashes. */
export interface ServedDockerfile {
  readonly folder: string;
  readonly path: string;
}

/**
 * A Dockerfile inside the context keeps its path. Served by its name alone, as by docker, two of them could be mistaken for
 * each other: Docker 20.10 does not request a Dockerfile again if name, size and time are equal. One outside of the context
 * is served from its own folder.
 */
export function locateDockerfile(root: string, dockerfile: string): ServedDockerfile {
  const path = posix.normalize(dockerfile);
  if (!posix.isAbsolute(path) && !path.startsWith('../')) return { folder: root, path };
  const absolute = resolve(root, dockerfile);
  return { folder: dirname(absolute), path: basename(absolute) };
}
