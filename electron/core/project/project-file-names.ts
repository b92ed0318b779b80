/** Dockerfile, Dockerfile.*, *.Dockerfile and Containerfile; `Dockerfile.dockerignore` is an ignore file instead. */
export function isDockerfileName(name: string): boolean {
  if (isIgnoreFileName(name)) return false;
  return name === 'Dockerfile' || name === 'Containerfile' || /^Dockerfile\.[^/]+$|^[^/]+\.Dockerfile$/.test(name);
}

/** `.dockerignore`, or the one for a single Dockerfile next to it (`prod.Dockerfile.dockerignore`). */
export function isIgnoreFileName(name: string): boolean {
  if (name === '.dockerignore') return true;
  const owner = /^([^/]+)\.dockerignore$/.exec(name)?.[1];
  return owner !== undefined && (isDockerfileName(owner) || owner === 'Dockerfile');
}

/** The project files that are displayed and edited: all are in its top folder. */
export function isProjectFileName(name: string): boolean {
  return name.length <= 255 && !/[\\/\0]/.test(name) && (isDockerfileName(name) || isIgnoreFileName(name));
}

/** "Dockerfile" first, then Containerfile, then the others by name. */
export function orderDockerfiles(names: string[]): string[] {
  const rank = (name: string): number => (name === 'Dockerfile' ? 0 : name === 'Containerfile' ? 1 : 2);
  return [...names].sort((a, b) => rank(a) - rank(b) || (a < b ? -1 : 1));
}
