import type { IncomingHttpHeaders } from 'node:http';
import { z } from 'zod';
import { AppError, Cancelled } from '../util/app-error.ts';
import type { EngineCandidate, EngineInfo } from '#contract/schema/engine.ts';
import { pinApiVersion } from './pin-api-version.ts';
import { startDeadline } from '../util/deadline.ts';
import type { EngineTransport } from './dockerode-client.ts';
import { parseAnswer } from './parse-answer.ts';
import type { EngineTarget } from '../docker-config/engine-address.ts';
import type { EngineClient } from './engine-client.ts';
import type { DiscoveredEngine } from './discovered-engine.ts';
import { connectionLost, toEngineError, type EngineEndpoint } from './engine-error.ts';
import { readBounded } from './guard-stream.ts';
import { readTlsFiles, type TlsMaterial } from './read-tls-files.ts';

/** Time limit for the handshake; Podman's first answer and an ssh login take seconds. */
const CONNECT_LIMIT_MS = 10_000;
const HANDSHAKE_LIMIT_BYTES = 4 * 1024 * 1024;

const short = z.string().max(300);
const apiVersion = z.string().regex(/^\d{1,3}\.\d{1,4}$/);
const versionSchema = z.object({
  Version: short,
  ApiVersion: apiVersion,
  MinAPIVersion: z.union([apiVersion, z.literal('')]).optional(),
  Os: short,
  Arch: short
});
const engineSystemSchema = z.object({
  OperatingSystem: short.catch(''),
  Driver: short.catch(''),
  DriverStatus: z.array(z.array(z.string())).nullish().catch(null)
});

/**
 * The handshake: ping, version, info, all limited in size and time. The returned client holds no connection open.
 * Throws what EngineClient throws, engine-too-old, and engine-failed if the server is not an engine.
 */
export async function connectEngine(
  found: DiscoveredEngine,
  signal?: AbortSignal,
  options: { env?: NodeJS.ProcessEnv; limitMs?: number } = {}
): Promise<EngineClient> {
  const { candidate, target } = found;
  const limitMs = options.limitMs ?? CONNECT_LIMIT_MS;
  const address = target.kind === 'socket' ? target.socketPath : candidate.address;
  const endpoint: EngineEndpoint = { name: candidate.name, address, connected: false };
  const deadline = startDeadline(limitMs, signal);
  try {
    const tls = await loadTls(target, endpoint);
    // Loading dockerode takes longer than opening the window, so it is loaded with the first engine.
    const { DockerodeClient, EngineTransport } = await import('./dockerode-client.ts');
    const transport = new EngineTransport({ target, endpoint, tls, env: options.env ?? process.env });
    const info = await readInfo(transport, candidate, deadline.signal);
    transport.markConnected();
    return new DockerodeClient(transport, info);
  } catch (error) {
    if (deadline.expired()) throw connectionLost(endpoint, { reason: 'no-answer', seconds: limitMs / 1000 });
    if (signal?.aborted === true) throw new Cancelled();
    // An engine that disconnects during the handshake counts as unreachable.
    if (error instanceof AppError && error.data.code === 'engine-lost')
      throw connectionLost(endpoint, { reason: 'connection-closed' });
    throw error;
  } finally {
    deadline.clear();
  }
}

async function loadTls(target: EngineTarget, endpoint: EngineEndpoint): Promise<TlsMaterial | undefined> {
  if (target.kind !== 'tcp' || target.tls === undefined) return undefined;
  try {
    return await readTlsFiles(target.tls);
  } catch (error) {
    throw toEngineError(error, { ...endpoint, address: target.tls.directory });
  }
}

async function readInfo(
  transport: EngineTransport,
  candidate: EngineCandidate,
  signal: AbortSignal
): Promise<EngineInfo> {
  const get = async (path: string, version?: string): Promise<{ headers: IncomingHttpHeaders; text: string }> => {
    const { headers, body } = await transport.open({ method: 'GET', path, signal }, version);
    return { headers, text: await readBounded(body, HANDSHAKE_LIMIT_BYTES) };
  };
  const ping = await get('/_ping');
  const version = check(versionSchema, parseAnswer((await get('/version')).text));
  const pinned = pinApiVersion(candidate.name, version.ApiVersion, version.MinAPIVersion);
  const system = check(engineSystemSchema, parseAnswer((await get('/info', pinned)).text));
  const product = ping.headers['libpod-api-version'] === undefined ? 'Docker' : 'Podman';
  return {
    candidate,
    product,
    version: version.Version,
    apiVersion: pinned,
    buildkit: product === 'Docker' && buildsWithBuildKit(ping.headers['builder-version']),
    operatingSystem: system.OperatingSystem,
    platform: `${version.Os}/${version.Arch}`,
    store: storeOf(system)
  };
}

/** The engine reports "1" if BuildKit is off. Docker 20.10 and older report nothing and have it. */
function buildsWithBuildKit(builderVersion: string | string[] | undefined): boolean {
  return builderVersion !== '1';
}

function storeOf(system: z.infer<typeof engineSystemSchema>): string {
  const snapshotter = system.DriverStatus?.some(([, value]) => value === 'io.containerd.snapshotter.v1') === true;
  return snapshotter ? 'containerd' : system.Driver;
}

function check<T>(schema: z.ZodType<T>, value: unknown): T {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  const fields = [...new Set(result.error.issues.map((issue) => issue.path.join('.')))].join(', ').slice(0, 200);
  throw new AppError('engine-failed', {
    detail: { reason: 'not-docker-api', fields }
  });
}
