import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { connect, type ClientHttp2Session } from 'node:http2';
import type { Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { connectEngine } from '#core/engine/connect-engine.ts';
import type { EngineClient } from '#core/engine/engine-client.ts';
import { toDiscoveredEngine } from '#core/engine/discovered-engine.ts';
import { scratchDir } from '../engine/fake-engine.ts';

type Answer = (request: IncomingMessage, response: ServerResponse) => void;

export interface FakeBuildEngine {
  readonly client: EngineClient;
  /** Connections that are open now. */
  readonly open: Set<Duplex>;
  readonly builds: IncomingMessage[];
  /** How many sessions were opened. */
  sessions(): number;
  /** Asks over the last session, as BuildKit does; gives the gRPC status, user name and secret. */
  call(method: string, host: string): Promise<{ status: string; answer: string[] }>;
  stop(): Promise<void>;
}

const version = { Version: '28.5.2', ApiVersion: '1.51', MinAPIVersion: '1.24', Os: 'linux', Arch: 'amd64' };
const networks = [{ Name: 'bridge' }, { Name: 'host' }, { Name: 'none' }];

/** An engine that builds as `answer` says, on a real unix socket, spoken to through the real client. */
export async function startFakeBuildEngine(
  answer: Answer,
  options: { podman?: boolean; networks?: { Name: string }[] } = {}
): Promise<FakeBuildEngine> {
  const scratch = await scratchDir();
  const open = new Set<Duplex>();
  const builds: IncomingMessage[] = [];
  const sessions: ClientHttp2Session[] = [];
  const server = createServer((request, response) => {
    const path = (request.url ?? '').replace(/^\/v[\d.]+/, '').replace(/\?.*$/, '');
    if (path === '/_ping') response.writeHead(200, options.podman ? { 'libpod-api-version': '4.3.1' } : {}).end('OK');
    else if (path === '/version') response.end(JSON.stringify(version));
    else if (path === '/info') response.end(JSON.stringify({ OperatingSystem: 'Debian', Driver: 'overlay2' }));
    else if (path === '/networks') response.end(JSON.stringify(options.networks ?? networks));
    else if (path === '/build') {
      builds.push(request);
      answer(request, response);
    } else response.writeHead(404).end('{"message":"page not found"}');
  });
  server.on('connection', (socket: Socket) => {
    open.add(socket);
    socket.once('close', () => open.delete(socket));
    socket.on('error', () => socket.destroy());
  });
  server.on('upgrade', (_request, socket) => {
    socket.write('HTTP/1.1 101 UPGRADED\r\nConnection: Upgrade\r\nUpgrade: h2c\r\n\r\n');
    const session = connect('http://session', { createConnection: () => socket });
    session.on('error', () => socket.destroy());
    // Sockets of an HTTP server stay half open by themselves.
    socket.once('end', () => socket.destroy());
    sessions.push(session);
  });
  await new Promise<void>((resolve) => void server.listen(scratch.path('e.sock'), resolve));
  const client = await connectEngine(
    toDiscoveredEngine('system', 'Fake', { kind: 'socket', socketPath: scratch.path('e.sock') })
  );
  return {
    client,
    open,
    builds,
    sessions: () => sessions.length,
    call: (method, host) => callAuth(sessions.at(-1), method, host),
    stop: async () => {
      for (const socket of open) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
      await scratch.remove();
    }
  };
}

/** One gRPC call by hand: five bytes of frame, then a message whose only field is the host. */
function callAuth(
  session: ClientHttp2Session | undefined,
  method: string,
  host: string
): Promise<{ status: string; answer: string[] }> {
  if (session === undefined) throw new Error('no session is open');
  return new Promise((resolve, reject) => {
    const request = session.request({
      ':method': 'POST',
      ':path': `/moby.filesync.v1.Auth/${method}`,
      'content-type': 'application/grpc',
      te: 'trailers'
    });
    const chunks: Buffer[] = [];
    let status = '';
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('response', (headers) => (status = String(headers['grpc-status'] ?? status)));
    request.on(
      'trailers',
      (trailers: Record<string, string | undefined>) => (status = trailers['grpc-status'] ?? status)
    );
    request.on('error', reject);
    request.on('end', () => resolve({ status, answer: readStrings(Buffer.concat(chunks).subarray(5)) }));
    request.end(Buffer.concat([Buffer.from([0, 0, 0, 0, host.length + 2, 10, host.length]), Buffer.from(host)]));
  });
}

/** The strings of a message of short strings, by field number from 1. */
function readStrings(message: Buffer): string[] {
  const strings: string[] = [];
  for (let at = 0; at < message.length;) {
    const length = message[at + 1] ?? 0;
    strings[((message[at] ?? 0) >> 3) - 1] = message.toString('utf8', at + 2, at + 2 + length);
    at += 2 + length;
  }
  return strings;
}
