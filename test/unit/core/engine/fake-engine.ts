import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { toDiscoveredEngine, type DiscoveredEngine } from '#core/engine/discovered-engine.ts';

type Answer = (request: IncomingMessage, response: ServerResponse) => void;

/** The answers of a healthy Docker 28; tests change some of them. */
export const HEALTHY: Record<string, Answer> = {
  '/_ping': (_request, response) =>
    response.writeHead(200, { 'builder-version': '2', 'api-version': '1.51' }).end('OK'),
  '/version': (_request, response) =>
    response.end(
      JSON.stringify({ Version: '28.5.2', ApiVersion: '1.51', MinAPIVersion: '1.24', Os: 'linux', Arch: 'amd64' })
    ),
  '/info': (_request, response) =>
    response.end(
      JSON.stringify({ OperatingSystem: 'Debian', Driver: 'overlay2', DriverStatus: [['Backing Filesystem', 'extfs']] })
    ),
  '/events': (_request, response) => response.writeHead(200).flushHeaders()
};

/** An engine with answers by path (without version and query), on a real unix socket. */
export class FakeEngine {
  readonly answers: Record<string, Answer>;
  readonly requests: { method: string; url: string; headers: IncomingMessage['headers'] }[] = [];
  readonly sockets = new Set<Socket>();
  readonly found: DiscoveredEngine;
  readonly socketPath: string;
  #server: Server | undefined;

  constructor(socketPath: string, answers: Record<string, Answer> = {}, source: 'system' | 'podman' = 'system') {
    this.socketPath = socketPath;
    this.answers = { ...HEALTHY, ...answers };
    this.found = toDiscoveredEngine(source, 'Fake', { kind: 'socket', socketPath });
  }

  async start(): Promise<this> {
    const server = createServer((request, response) => this.#answer(request, response));
    server.on('connection', (socket) => {
      this.sockets.add(socket);
      socket.once('close', () => this.sockets.delete(socket));
    });
    server.on('upgrade', (request, socket) => {
      this.requests.push({ method: request.method ?? '', url: request.url ?? '', headers: request.headers });
      socket.write('HTTP/1.1 101 UPGRADED\r\nConnection: Upgrade\r\nUpgrade: h2c\r\n\r\nhello');
      socket.on('data', (chunk: Buffer) => socket.write(chunk));
      socket.on('error', () => socket.destroy());
    });
    await new Promise<void>((resolve) => void server.listen(this.socketPath, resolve));
    this.#server = server;
    return this;
  }

  /** Stops like a killed engine: every connection breaks and the socket is removed. */
  async stop(): Promise<void> {
    const server = this.#server;
    if (server === undefined) return;
    this.#server = undefined;
    for (const socket of this.sockets) socket.destroy();
    await new Promise((resolve) => server.close(resolve));
  }

  #answer(request: IncomingMessage, response: ServerResponse): void {
    const url = request.url ?? '';
    this.requests.push({ method: request.method ?? '', url, headers: request.headers });
    const path = url.replace(/^\/v[\d.]+/, '').replace(/\?.*$/, '');
    const answer = this.answers[path];
    if (answer === undefined) response.writeHead(404).end('{"message":"page not found"}');
    else answer(request, response);
  }
}

/** A new folder for each test, with a short path for sockets. */
export async function scratchDir(): Promise<{ dir: string; path(name: string): string; remove(): Promise<void> }> {
  const dir = await mkdtemp(join(tmpdir(), 'slip-'));
  return { dir, path: (name) => join(dir, name), remove: () => rm(dir, { recursive: true, force: true }) };
}
