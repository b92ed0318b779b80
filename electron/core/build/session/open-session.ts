import { randomUUID } from 'node:crypto';
import { createServer, type ServerHttp2Session, type ServerHttp2Stream } from 'node:http2';
import type { Duplex } from 'node:stream';
import type { EngineClient } from '../../engine/engine-client.ts';
import { answerCall, type GrpcMethods } from './grpc-call.ts';

/** BuildKit's way back to us while it builds. */
export interface BuildSession {
  readonly id: string;
  /** Ends the connection and with it every call. The engine then stops a build that still uses it. */
  close(): void;
}

export interface SessionOptions {
  /** What the engine may call. */
  readonly methods: GrpcMethods;
  /** Names the engine's copy of the folders; see createSharedKey. */
  readonly sharedKey: string;
  readonly signal: AbortSignal;
}

/**
 * An ignore file's patterns come as header lines, one each. Node's own limits are 128 lines and 64 KiB; above some 100 KiB
 * it may lose the whole connection, so longer lists never get here.
 */
const maxHeaderLines = 100_000;
const maxHeaderBytes = 8 * 1024 * 1024;

/**
 * Opens the session of a BuildKit build (POST /session): from then on the engine is the HTTP/2 client on that connection,
 * and calls the methods. POST /session is deprecated from API 1.53; this file is all that knows of it.
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
      // A line for each: an engine takes a list in one line for the name of one method.
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
 * Node's http2 reads what the socket holds already one tick after it took it, and throws out of reach of any caller when
 * the connection has been closed until then. A turn of the event loop of its own leaves no one time to.
 */
function serve(
  socket: Duplex,
  answer: (stream: ServerHttp2Stream, rawHeaders: readonly string[]) => void
): Promise<ServerHttp2Session | undefined> {
  const server = createServer({
    maxHeaderListPairs: maxHeaderLines,
    settings: { maxHeaderListSize: maxHeaderBytes }
  });
  // The engine's connection is over when its socket is; Node reports the same once more here.
  server.on('sessionError', () => socket.destroy());
  server.on('stream', (stream, _headers, _flags, ...rest: unknown[]) => answer(stream, rest[0] as string[]));
  let connection: ServerHttp2Session | undefined;
  server.on('session', (session) => (connection = session));
  return new Promise((resolve) =>
    setImmediate(() => {
      if (!socket.destroyed) server.emit('connection', socket);
      resolve(connection);
    })
  );
}
