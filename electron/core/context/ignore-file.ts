import { readFile } from 'node:fs/promises';
import { join, posix } from 'node:path';
import ignore from '@balena/dockerignore';
import { AppError } from '../app-error.ts';

const limitBytes = 1 << 20;

/** Says of paths inside the context, with forward slashes, whether the build leaves them out. */
export interface ContextFilter {
  readonly leavesOut: (path: string) => boolean;
  /** Some pattern takes back what another left out, so ignored folders may hold wanted files. */
  readonly mayTakeBack: boolean;
}

/**
 * The rules of the context: `<Dockerfile>.dockerignore` where it stands, as BuildKit has it, else `.dockerignore`, else
 * none. The Dockerfile and the ignore file are always sent; the builder needs them.
 * https://docs.docker.com/build/concepts/context/#dockerignore-files
 */
export async function readContextFilter(root: string, dockerfile: string | null): Promise<ContextFilter> {
  const own = dockerfile === null ? undefined : `${dockerfile}.dockerignore`;
  const ownText = own === undefined ? undefined : await readIgnoreFile(root, own);
  const name = ownText === undefined ? '.dockerignore' : (own ?? '.dockerignore');
  const text = ownText ?? (await readIgnoreFile(root, '.dockerignore')) ?? '';
  const always = new Set([name, ...(dockerfile === null ? [] : [posix.normalize(dockerfile)])]);
  const rules = ignore({ ignorecase: false }).add(text.replace(/^\uFEFF/, ''));
  return {
    leavesOut: (path) => !always.has(path) && rules.ignores(path),
    // A Dockerfile inside an ignored folder is taken back too.
    mayTakeBack: /^\s*!/m.test(text) || (dockerfile?.includes('/') ?? false)
  };
}

async function readIgnoreFile(root: string, name: string): Promise<string | undefined> {
  try {
    const bytes = await readFile(join(root, name));
    if (bytes.length > limitBytes) throw new AppError('file-too-large', { file: name, limitBytes });
    return bytes.toString('utf8');
  } catch (error) {
    if (error instanceof AppError) throw error;
    const { code, message } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT' || code === 'ENOTDIR' || code === 'EISDIR') return undefined;
    throw new AppError('file-unreadable', { file: name, detail: message }, { cause: error });
  }
}
