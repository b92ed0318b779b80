import { createHash } from 'node:crypto';
import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { readSmallText } from '../util/read-bounded-file.ts';
import { dockerConfigDirectory, dockerConfigPath } from './docker-config-path.ts';
import { readDockerConfig } from './docker-config.ts';
import { parseEngineAddress, type EngineTarget, type TlsFiles } from './engine-address.ts';
import type { HostEnvironment } from '../util/host-environment.ts';
import { parseJson } from '../util/parse-json.ts';

const META_LIMIT_BYTES = 4 * 1024 * 1024;
const CONTEXTS_LIMIT = 200;

/** A docker context: a name and the address of its engine; null if it is not one that the docker CLI can use. */
export interface DockerContext {
  name: string;
  target: EngineTarget | null;
}

const metaSchema = z.object({
  Name: z.string().min(1).max(300),
  Endpoints: z.object({
    docker: z.object({ Host: z.string().max(2000), SkipTLSVerify: z.boolean().optional() })
  })
});

/**
 * The name of the current context: DOCKER_CONTEXT, else config.json's currentContext; null for the default.
 * Throws docker-config-invalid if config.json cannot be read or parsed.
 */
export async function currentContextName(environment: HostEnvironment): Promise<string | null> {
  const fromEnv = environment.env['DOCKER_CONTEXT'] ?? '';
  if (fromEnv !== '') return fromEnv === 'default' ? null : fromEnv;
  return (await readDockerConfig(dockerConfigPath(environment))).currentContext;
}

/** All contexts, by name; files that are none are omitted. */
export async function readContexts(environment: HostEnvironment): Promise<DockerContext[]> {
  const root = join(dockerConfigDirectory(environment), 'contexts');
  const ids = await readdir(join(root, 'meta')).catch(() => []);
  const contexts = await Promise.all(ids.slice(0, CONTEXTS_LIMIT).map((id) => readContext(root, id)));
  return contexts
    .filter((context) => context !== undefined)
    .sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0));
}

async function readContext(root: string, id: string): Promise<DockerContext | undefined> {
  const text = await readSmallText(join(root, 'meta', id, 'meta.json'), META_LIMIT_BYTES);
  if (text === undefined) return undefined;
  const tlsDir = join(root, 'tls', id, 'docker');
  const hasTls = await stat(tlsDir).then(
    (found) => found.isDirectory(),
    () => false
  );
  return parseContextMeta(text, id, hasTls ? tlsDir : undefined);
}

/**
 * Reads a context's meta.json. Undefined if it is not a context: `id` must be the SHA-256 of its name, as docker stores
 * it.
 * `tlsDir` has the context's ca.pem, cert.pem and key.pem, if any.
 */
export function parseContextMeta(text: string, id: string, tlsDir?: string): DockerContext | undefined {
  const meta = metaSchema.safeParse(parseJson(text));
  if (!meta.success) return undefined;
  const { Name: name, Endpoints: endpoints } = meta.data;
  if (createHash('sha256').update(name).digest('hex') !== id) return undefined;
  const skipVerify = endpoints.docker.SkipTLSVerify === true;
  const tls: TlsFiles | undefined =
    tlsDir === undefined && !skipVerify ? undefined : { directory: tlsDir ?? '', verify: !skipVerify };
  return { name, target: parseEngineAddress(endpoints.docker.Host, tls) ?? null };
}
