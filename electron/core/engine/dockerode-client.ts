import http from 'node:http';
import https from 'node:https';
import { pipeline, type Duplex, type Readable } from 'node:stream';
import Docker from 'dockerode';
import { AppError, Cancelled } from '../util/app-error.ts';
import type { EngineInfo } from '#contract/schema/engine.ts';
import type { EngineTarget } from '../docker-config/engine-address.ts';
import { parseAnswer } from './parse-answer.ts';
import type { EngineClient, EngineRequest } from './engine-client.ts';
import { toEngineError, toStatusError, type EngineEndpoint } from './engine-error.ts';
import { guardStream, readBounded, readStart } from './guard-stream.ts';
import type { TlsMaterial } from './read-tls-files.ts';
import { createSshAgent } from './create-ssh-agent.ts';

const ANSWER_LIMIT_BYTES = 64 * 1024 * 1024;
const ERROR_BODY_LIMIT_BYTES = 64 * 1024;
const TCP_KEEP_ALIVE_MS = 30_000;

type Answer = { kind: 'response'; response: http.IncomingMessage } | { kind: 'upgrade'; socket: Duplex };
type Callback = (error: Error | null, answer?: Answer) => void;

/** The parts of docker-modem, dockerode's transport, that we use. `buildRequest` is its last step, which we replace. */
interface Modem {
  dial(options: object, callback: Callback): void;
  buildRequest: (options: http.RequestOptions, context: object, data: unknown, callback: Callback) => void;
}

/** What a connection needs besides the engine's address. */
export interface TransportOptions {
  target: EngineTarget;
  endpoint: EngineEndpoint;
  tls: TlsMaterial | undefined;
  /** For the ssh program. */
  env: NodeJS.ProcessEnv;
}

/**
 * HTTP to one address through dockerode's modem; errors as described in EngineClient. Keeps no connection between
 * requests.
 */
export class EngineTransport {
  readonly #modem: Modem;
  readonly #endpoint: EngineEndpoint;
  readonly #basePath: string;

  constructor(options: TransportOptions) {
    this.#modem = createModem(options);
    this.#endpoint = options.endpoint;
    this.#basePath = options.target.kind === 'tcp' ? (options.target.basePath ?? '') : '';
  }

  /** From now on, a missing answer means that the engine was lost. */
  markConnected(): void {
    this.#endpoint.connected = true;
  }

  /** The response's head and its guarded body. `version` pins the API ("1.51"); without it the path is unversioned. */
  async open(request: EngineRequest, version?: string): Promise<{ headers: http.IncomingHttpHeaders; body: Readable }> {
    const answer = await this.#dial(request, version);
    if (answer.kind === 'upgrade') {
      answer.socket.destroy();
      throw new AppError('engine-failed', { detail: { reason: 'protocol-unexpected' } });
    }
    const status = answer.response.statusCode ?? 0;
    const body = guardStream(answer.response, this.#endpoint, request.signal);
    if (status >= 200 && status < 300) return { headers: answer.response.headers, body };
    throw toStatusError(status, (await readStart(body, ERROR_BODY_LIMIT_BYTES)).text);
  }

  /** A hijacked connection; it is closed when the signal fires. */
  async upgrade(request: EngineRequest, version: string): Promise<Duplex> {
    const headers = { Upgrade: 'tcp', ...request.headers, Connection: 'Upgrade' };
    const answer = await this.#dial({ ...request, headers }, version);
    if (answer.kind === 'upgrade') return closeOnAbort(answer.socket, request.signal);
    const status = answer.response.statusCode ?? 0;
    const { text } = await readStart(
      guardStream(answer.response, this.#endpoint, request.signal),
      ERROR_BODY_LIMIT_BYTES
    );
    throw toStatusError(status, text);
  }

  async #dial(request: EngineRequest, version: string | undefined): Promise<Answer> {
    const { signal } = request;
    try {
      if (signal?.aborted === true) throw new Cancelled();
      return await new Promise((resolve, reject) => {
        const prefix = this.#basePath + (version === undefined ? '' : `/v${version}`);
        this.#modem.dial(toDialOptions(request, prefix), (error, answer) => {
          if (answer === undefined) reject(error ?? new Error('no answer'));
          else resolve(answer);
        });
      });
    } catch (error) {
      request.body?.destroy();
      throw toEngineError(error, this.#endpoint, signal);
    }
  }
}

/** The engine client over dockerode's modem, with the API version pinned to `info.apiVersion`. */
export class DockerodeClient implements EngineClient {
  readonly info: EngineInfo;
  readonly #transport: EngineTransport;

  constructor(transport: EngineTransport, info: EngineInfo) {
    this.#transport = transport;
    this.info = info;
  }

  async json(request: EngineRequest): Promise<unknown> {
    const text = await readBounded(await this.stream(request), ANSWER_LIMIT_BYTES);
    return text.trim() === '' ? undefined : parseAnswer(text);
  }

  async stream(request: EngineRequest): Promise<Readable> {
    return (await this.#transport.open(request, this.info.apiVersion)).body;
  }

  upgrade(request: EngineRequest): Promise<Duplex> {
    return this.#transport.upgrade(request, this.info.apiVersion);
  }
}

function createModem(options: TransportOptions): Modem {
  const docker = withoutDockerHost(() => new Docker(toModemOptions(options.target)));
  const modem = docker.modem as unknown as Modem;
  const agent = createAgent(options);
  modem.buildRequest = (request, _context, data, callback) => {
    sendRequest({ ...request, ...options.tls, agent }, options.tls !== undefined, data, callback);
  };
  return modem;
}

/** No connection is kept alive: a pooled one would be found dead after each restart of the engine. */
function createAgent({ target, tls, env }: TransportOptions): http.Agent {
  if (target.kind === 'ssh') return createSshAgent(target, env);
  return tls === undefined ? new http.Agent() : new https.Agent();
}

function toModemOptions(target: EngineTarget): Docker.DockerOptions {
  if (target.kind === 'socket') return { socketPath: target.socketPath };
  if (target.kind === 'ssh') return { host: 'docker.example.com', protocol: 'http' };
  return { host: target.host, port: target.port, protocol: target.tls === undefined ? 'http' : 'https' };
}

/** The modem's constructor reads DOCKER_HOST itself and throws if it is invalid. All our addresses are explicit. */
function withoutDockerHost<T>(make: () => T): T {
  const value = process.env['DOCKER_HOST'];
  delete process.env['DOCKER_HOST'];
  try {
    return make();
  } finally {
    if (value !== undefined) process.env['DOCKER_HOST'] = value;
  }
}

/**
 * Replaces the modem's own last step, which follows redirects to any host, reads error bodies without a limit, and
 * prints
 * every header (with passwords) with DEBUG=modem.
 */
function sendRequest(options: http.RequestOptions, tls: boolean, data: unknown, callback: Callback): void {
  try {
    const request = tls ? https.request(options) : http.request(options);
    request.once('response', (response) => callback(null, { kind: 'response', response }));
    request.once('upgrade', (_response, socket, head) => {
      if (head.length > 0) socket.unshift(head);
      callback(null, { kind: 'upgrade', socket });
    });
    // Stays for the lifetime of the request: after the response has arrived, the body reports errors.
    request.on('error', callback);
    request.once('socket', (socket) => {
      if (options.socketPath === undefined && 'setKeepAlive' in socket) socket.setKeepAlive(true, TCP_KEEP_ALIVE_MS);
    });
    if (isReadable(data)) pipeline(data, request, (error) => error && callback(error));
    else request.end(data);
  } catch (error) {
    callback(error as Error);
  }
}

function isReadable(data: unknown): data is Readable {
  return typeof data === 'object' && data !== null && 'pipe' in data;
}

function toDialOptions(request: EngineRequest, prefix: string): object {
  const query = toQuery(request.query);
  const path = prefix + request.path;
  const file = request.json === undefined ? request.body : Buffer.from(JSON.stringify(request.json));
  return {
    path: query === undefined ? path : `${path}?`,
    method: request.method,
    // An explicit empty body, or the modem would also send the query as the body.
    options: { _query: query, _body: {} },
    headers: {
      ...(request.json === undefined ? {} : { 'Content-Type': 'application/json' }),
      ...request.headers,
      ...registryHeader('X-Registry-Auth', request.registryAuth),
      ...registryHeader('X-Registry-Config', request.registryConfig)
    },
    file,
    abortSignal: request.signal,
    statusCodes: {}
  };
}

function toQuery(query: EngineRequest['query']): Record<string, string | string[]> | undefined {
  const pairs = Object.entries(query ?? {}).filter(([, value]) => value !== undefined);
  if (pairs.length === 0) return undefined;
  return Object.fromEntries(
    pairs.map(([name, value]) => [name, Array.isArray(value) ? value.map(String) : toQueryText(value)])
  );
}

function toQueryText(value: NonNullable<EngineRequest['query']>[string]): string {
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}

/** The engine decodes both as padded base64url; the modem sends plain base64 for the second. */
function registryHeader(name: string, value: object | undefined): Record<string, string> {
  if (value === undefined) return {};
  const base64 = Buffer.from(JSON.stringify(value)).toString('base64');
  return { [name]: base64.replaceAll('+', '-').replaceAll('/', '_') };
}

function closeOnAbort(socket: Duplex, signal: AbortSignal | undefined): Duplex {
  const stop = (): void => void socket.destroy();
  signal?.addEventListener('abort', stop, { once: true });
  socket.once('close', () => signal?.removeEventListener('abort', stop));
  // The new owner sees the close; without a listener a broken connection would crash the process.
  socket.on('error', stop);
  if (signal?.aborted === true) stop();
  return socket;
}
