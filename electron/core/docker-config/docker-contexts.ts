import { createHash } from 'node:crypto';
import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { AppError } from '../util/app-error.ts';
import { cleanDetail } from '../util/clean-detail.ts';
import { parseEngineAddress, type EngineTarget, type TlsFiles } from './engine-address.ts';
import type { HostEnvironment } from '../util/host-environment.ts';

const FILE_LIMIT_BYTES = 4 * 1024 * 1024;
const CONTEXTS_LIMIT = 200;

/** A docker context: a name and the engine that it points to. */
export interface DockerContext {
  name: string;
  target: EngineTarget;
}

const configSchema = z.object({ currentContext: z.string().max(300).optional() });
const metaSchema = z.object({
  Name: z.string().min(1).max(300),
  Endpoints: z.object({
    docker: z.object({ Host: z.string().max(2000), SkipTLSVerify: z.boolean().optional() })
  })
});

/** Where docker keeps its settings: DOCKER_CONFIG or ~/.docker. */
export function dockerConfigDir({ env, homeDir }: HostEnvironment): string {
  const set = env['DOCKER_CONFIG'] ?? '';
  return set === '' ? join(homeDir, '.docker') : set;
}

/**
 * The name of the context in use: DOCKER_CONTEXT, else config.json's currentContext; undefined for the default.
 * Throws docker-config-invalid where config.json cannot be read or understood.
 */
export async function currentContextName(environment: HostEnvironment): Promise<string | undefined> {
  const fromEnv = environment.env['DOCKER_CONTEXT'] ?? '';
  if (fromEnv !== '') return fromEnv === 'default' ? undefined : fromEnv;
  const path = join(dockerConfigDir(environment), 'config.json');
  try {
    const text = await readSmallFile(path);
    if (text === undefined) return undefined;
    const name = configSchema.parse(JSON.parse(text)).currentContext ?? '';
    return name === '' || name === 'default' ? undefined : name;
  } catch (cause) {
    const detail = cause instanceof z.ZodError ? 'It has another shape than docker writes.' : reasonOf(cause);
    throw new AppError('docker-config-invalid', { path, detail }, { cause });
  }
}

/** All contexts that name an engine, by name; a broken one is left out. */
export async function readContexts(environment: HostEnvironment): Promise<DockerContext[]> {
  const root = join(dockerConfigDir(environment), 'contexts');
  const ids = await readdir(join(root, 'meta')).catch(() => []);
  const contexts = await Promise.all(ids.slice(0, CONTEXTS_LIMIT).map((id) => readContext(root, id)));
  return contexts
    .filter((context) => context !== undefined)
    .sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0));
}

async function readContext(root: string, id: string): Promise<DockerContext | undefined> {
  const text = await readSmallFile(join(root, 'meta', id, 'meta.json')).catch(() => undefined);
  if (text === undefined) return undefined;
  const tlsDir = join(root, 'tls', id, 'docker');
  const hasTls = await stat(tlsDir).then(
    (found) => found.isDirectory(),
    () => false
  );
  return parseContextMeta(text, id, hasTls ? tlsDir : undefined);
}

/**
 * Reads a context's meta.json. Undefined where it is not one: `id` must be the SHA-256 of its name, as docker stores it.
 * `tlsDir` holds ca.pem, cert.pem and key.pem where the context has them.
 */
export function parseContextMeta(text: string, id: string, tlsDir?: string): DockerContext | undefined {
  const meta = metaSchema.safeParse(parseJson(text));
  if (!meta.success) return undefined;
  const { Name: name, Endpoints: endpoints } = meta.data;
  if (createHash('sha256').update(name).digest('hex') !== id) return undefined;
  const skipVerify = endpoints.docker.SkipTLSVerify === true;
  const tls: TlsFiles | undefined =
    tlsDir === undefined && !skipVerify ? undefined : { directory: tlsDir ?? '', verify: !skipVerify };
  const target = parseEngineAddress(endpoints.docker.Host, tls);
  return target === undefined ? undefined : { name, target };
}

async function readSmallFile(path: string): Promise<string | undefined> {
  try {
    if ((await stat(path)).size > FILE_LIMIT_BYTES) throw new Error('The file is too large.');
    return await readFile(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

/** A JSON error quotes the file, which may hold logins; only its kind is told. */
function reasonOf(cause: unknown): string {
  if (cause instanceof SyntaxError) return 'It is not JSON.';
  return cleanDetail(cause instanceof Error ? cause.message : String(cause));
}
