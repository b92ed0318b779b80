import { join, normalize, sep } from 'node:path';
import { appOrigin } from '#contract/ipc/channels.ts';

/** The file under `root` for a URL of the page; undefined for any other URL. */
export function resolvePageFile(root: string, url: string): string | undefined {
  const { protocol: scheme, host, pathname } = new URL(url);
  if (`${scheme}//${host}` !== appOrigin) return undefined;
  let path: string;
  try {
    path = decodeURIComponent(pathname);
  } catch {
    return undefined;
  }
  if (path.includes('\0') || path.includes('\\')) return undefined;
  const file = normalize(join(root, path === '/' ? 'index.html' : path));
  return file.startsWith(root + sep) ? file : undefined;
}
