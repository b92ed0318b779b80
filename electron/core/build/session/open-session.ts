import { randomUUID } from 'node:crypto';
import { createServer, type ServerHttp2Session, type ServerHttp2Stream } from 'node:http2';
import type { Duplex } from 'node:stream';
import { TLSSocket } from 'node:tls';
import type { EngineClient } from '../../engine/engine-client.ts';
import { answerCall, type GrpcMethods } from './grpc-call.ts';

/** The connection over which BuildKit calls us during a build. */
export interface BuildSession {
  readonly id: string;
  /** Closes the connection and ends all calls. The engine then stops a build that still uses it. */
  close(): void;
}

export interface SessionOptions {
  /** The methods that the engine may call. */
  readonly methods: GrpcMethods;
  /** Names the engine's copy of the folders; see createSharedKey. */
  readonly sharedKey: string;
  readonly signal: AbortSignal;
}

/**
 * Each pattern of an ignore file is one header line. Node's defaults are 128 lines and 64 KiB. See fits-metadata.ts for the
 * practical limit.
 */
const maxHeaderLines = 100_000;
const maxHeaderBytes = 8 * 1024 * 1024;

/**
 * Opens the session of a BuildKit build (POST /session). After the upgrade, the engine is the HTTP/2 client of that
 * connection and calls the methods. POST /session is deprecated since API 1.53; it is used in this file only.
 * Throws what EngineClient.upgrade throws.
 */
export async function openSession(
  engine: EngineClient,
  { methods, sharedKey, signal }: SessionOptions
): Promise<BuildSession> {
  const id = randomUUID();
  const socket = await engine.upgrade({
    method: 'POST',
    path: '/session',
    headers: {
      Upgrade: 'h2c',
      'X-Docker-Expose-Session-Uuid': id,
      'X-Docker-Expose-Session-Name': 'slipway',
      'X-Docker-Expose-Session-Sharedkey': sharedKey,
      // One header line per method: the engine does not split lists.
      'X-Docker-Expose-Session-Grpc-Method': Object.keys(methods)
    },
    signal
  });
  const connection = await serve(socket, (stream, rawHeaders) => void answerCall(methods, stream, rawHeaders));
  return {
    id,
    close: () => {
      connection?.destroy();
      socket.destroy();
    }
  };
}

/**
 * Node's http2 reads data that is already buffered in the socket one tick later, and throws an uncatchable error if the
 * connection was closed in between. Starting in a new turn of the event loop avoids that.
 */
function serve(
  socket: Duplex,
  answer: (stream: ServerHttp2Stream, rawHeaders: readonly string[]) => void
): Promise<ServerHttp2Session | undefined> {
  const server = createServer({
    maxHeaderListPairs: maxHeaderLines,
    settings: { maxHeaderListSize: maxHeaderBytes }
  });
  // Errors of the socket are reported here again.
  server.on('sessionError', () => socket.destroy());
  server.on('stream', (stream, _headers, _flags, ...others: unknown[]) => answer(stream, others[0] as string[]));
  // On a TLS socket that has not negotiated HTTP/2 by itself, Node would answer with HTTP/1.1.
  if (socket instanceof TLSSocket) socket.alpnProtocol = 'h2';
  let connection: ServerHttp2Session | undefined;
  server.on('session', (session) => (connection = session));
  return new Promise((resolve) =>
    setImmediate(() => {
      if (!socket.destroyed) server.emit('connection', socket);
      resolve(connection);
    })
  );
}
