import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { connect, type ClientHttp2Session, type ClientHttp2Stream, type OutgoingHttpHeaders } from 'node:http2';
import { connect as connectSocket, createServer, type Socket } from 'node:net';
import { join } from 'node:path';
import { Duplex } from 'node:stream';
import { connect as connectTls, createServer as createTlsServer } from 'node:tls';
import { onTestFinished } from 'vitest';
import type { EngineClient, EngineRequest } from '#core/engine/engine-client.ts';
import { openSession, type BuildSession } from '#core/build/session/open-session.ts';
import type { GrpcMethods } from '#core/build/session/grpc-call.ts';
import { scratchFolder } from '../../scratch-folder.ts';

/** A session over a real socket, with the engine's end of it. */
export interface OpenedSession {
  readonly session: BuildSession;
  /** The request that opened it. */
  readonly request: EngineRequest;
  /** The engine's HTTP/2 connection. */
  readonly connection: ClientHttp2Session;
}

/** How the engine is connected: over a Unix socket, TLS, or a program's standard streams as ssh. */
export type Transport = 'socket' | 'tls' | 'pipes';

/** Opens a session that serves these methods. */
export async function openTestSession(methods: GrpcMethods, transport: Transport = 'socket'): Promise<OpenedSession> {
  const path = join(scratchFolder(), 'session.sock');
  const key = transport === 'tls' ? createKey() : null;
  const server = key === null ? createServer() : createTlsServer(key);
  server.listen(path);
  await once(server, 'listening');
  let request: EngineRequest | undefined;
  const engine = {
    upgrade: async (asked: EngineRequest): Promise<Duplex> => {
      request = asked;
      const socket = key === null ? connectSocket(path) : connectTls({ path, ca: key.cert, servername: 'engine' });
      await once(socket, key === null ? 'connect' : 'secureConnect');
      return transport === 'pipes' ? Duplex.from({ readable: socket, writable: socket }) : socket;
    }
  } as unknown as EngineClient;
  const accepted = once(server, key === null ? 'connection' : 'secureConnection') as Promise<[Socket]>;
  const session = await openSession(engine, {
    methods,
    sharedKey: 'key',
    signal: new AbortController().signal
  });
  const [socket] = await accepted;
  const connection = connect('http://session', {
    createConnection: () => socket,
    maxSendHeaderBlockLength: 1024 * 1024
  });
  connection.on('error', () => undefined);
  onTestFinished(() => {
    session.close();
    connection.destroy();
    server.close();
  });
  if (request === undefined) throw new Error('no session was asked for');
  return { session, request, connection };
}

function createKey(): { key: Buffer; cert: Buffer } {
  const [key, cert] = ['key.pem', 'cert.pem'].map((name) => join(scratchFolder(), name)) as [string, string];
  const kind = ['-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-days', '2'];
  const subject = ['-subj', '/CN=engine', '-addext', 'subjectAltName=DNS:engine'];
  execFileSync('openssl', ['req', ...kind, '-keyout', key, '-out', cert, ...subject], { stdio: 'pipe' });
  return { key: readFileSync(key), cert: readFileSync(cert) };
}

/** How a call ended. */
export interface CallEnd {
  readonly status: string;
  readonly message: string;
}

/** Starts a call, with header lines as they are given. */
export function startCall(
  connection: ClientHttp2Session,
  path: string,
  headers: OutgoingHttpHeaders = {}
): { stream: ClientHttp2Stream; ended: Promise<CallEnd> } {
  const stream = connection.request({
    ':method': 'POST',
    ':path': path,
    'content-type': 'application/grpc',
    te: 'trailers',
    ...headers
  });
  const ended = new Promise<CallEnd>((resolve, reject) => {
    stream.once('trailers', (trailers: Record<string, string | undefined>) =>
      resolve({ status: trailers['grpc-status'] ?? '', message: decodeURIComponent(trailers['grpc-message'] ?? '') })
    );
    stream.once('error', reject);
    stream.once('close', () => reject(new Error('the call ended without a status')));
  });
  ended.catch(() => undefined);
  return { stream, ended };
}

/** A gRPC frame around a message. */
export function frame(message: Uint8Array): Buffer {
  const head = Buffer.alloc(5);
  head.writeUInt32BE(message.length, 1);
  return Buffer.concat([head, message]);
}

/** A call of one request; gives the messages of the answer. */
export async function callOnce(
  connection: ClientHttp2Session,
  path: string,
  message: Uint8Array = Buffer.alloc(0)
): Promise<CallEnd & { messages: Buffer[] }> {
  const { stream, ended } = startCall(connection, path);
  const chunks: Buffer[] = [];
  stream.on('data', (chunk: Buffer) => chunks.push(chunk));
  stream.end(frame(message));
  const end = await ended;
  return { ...end, messages: splitFrames(Buffer.concat(chunks)) };
}

/** The messages of complete frames. */
export function splitFrames(bytes: Buffer): Buffer[] {
  const messages: Buffer[] = [];
  for (let at = 0; at < bytes.length;) {
    const length = bytes.readUInt32BE(at + 1);
    messages.push(bytes.subarray(at + 5, at + 5 + length));
    at += 5 + length;
  }
  return messages;
}
