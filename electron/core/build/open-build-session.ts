import { randomUUID } from 'node:crypto';
import type { Duplex } from 'node:stream';
import { Server, ServerCredentials, status, type sendUnaryData, type ServerUnaryCall } from '@grpc/grpc-js';
import { z } from 'zod';
import { registryHost } from '#contract/domain/reference.ts';
import type { Login, LoginFor } from '../docker-config/login.ts';
import type { EngineClient } from '../engine/engine-client.ts';
import { credentialsRequest, credentialsResponse } from './grpc-messages.ts';

/** BuildKit's way back to us while it builds. */
export interface BuildSession {
  readonly id: string;
  /** Why a login that was asked for could not be read; undefined when all could. */
  loginFailure(): unknown;
  /** Ends the connection. The engine then stops a build that still uses it. */
  close(): void;
}

const service = '/moby.filesync.v1.Auth';
const requestSchema = z.object({ Host: z.string().max(2048).default('') });

type Credentials = { Username: string; Secret: string };

/**
 * Opens the session of a BuildKit build (POST /session, a gRPC server on our side of the connection). It answers one
 * question: the login for the host that is asked for, never another's. The token calls stay unimplemented, so that
 * BuildKit gets its tokens itself. POST /session is deprecated from API 1.53; this file is all that knows of it.
 * https://github.com/moby/buildkit/blob/master/session/auth/auth.proto
 */
export async function openBuildSession(
  engine: EngineClient,
  loginFor: LoginFor,
  signal: AbortSignal
): Promise<BuildSession> {
  const id = randomUUID();
  const socket = await engine.upgrade({
    method: 'POST',
    path: '/session',
    headers: {
      Upgrade: 'h2c',
      'X-Docker-Expose-Session-Uuid': id,
      'X-Docker-Expose-Session-Name': 'slipway',
      'X-Docker-Expose-Session-Grpc-Method': `${service}/Credentials`
    },
    signal
  });
  let loginFailure: unknown;
  const server = createAuthServer(loginFor, (thrown) => (loginFailure = thrown));
  await injectOnNextTurn(server, socket);
  return {
    id,
    loginFailure: () => loginFailure,
    close: () => {
      server.forceShutdown();
      socket.destroy();
    }
  };
}

/**
 * Node's http2 reads what the socket holds already one tick after it took it, and throws out of reach of any caller when
 * the connection has been closed until then. A turn of the event loop of its own leaves no one time to.
 */
function injectOnNextTurn(server: Server, socket: Duplex): Promise<void> {
  const injector = server.createConnectionInjector(ServerCredentials.createInsecure());
  return new Promise((resolve) =>
    setImmediate(() => {
      if (!socket.destroyed) injector.injectConnection(socket);
      resolve();
    })
  );
}

function createAuthServer(loginFor: LoginFor, failed: (thrown: unknown) => void): Server {
  const server = new Server();
  server.addService(
    {
      Credentials: {
        path: `${service}/Credentials`,
        requestStream: false,
        responseStream: false,
        requestDeserialize: (bytes: Buffer) =>
          requestSchema.parse(credentialsRequest.toObject(credentialsRequest.decode(bytes))),
        requestSerialize: (request: { Host: string }) => Buffer.from(credentialsRequest.encode(request).finish()),
        responseSerialize: (response: Credentials) => Buffer.from(credentialsResponse.encode(response).finish()),
        responseDeserialize: (bytes: Buffer) => credentialsResponse.decode(bytes)
      }
    },
    {
      Credentials: (call: ServerUnaryCall<{ Host: string }, Credentials>, answer: sendUnaryData<Credentials>) => {
        loginFor(registryHost(call.request.Host)).then(
          (login) => answer(null, toCredentials(login)),
          // The reason stays here: it could name a secret, and BuildKit would write it into the build's log.
          (thrown: unknown) => {
            failed(thrown);
            answer({ code: status.UNAVAILABLE, details: 'the login could not be read' });
          }
        );
      }
    }
  );
  return server;
}

/** An empty user name makes BuildKit take the secret as an identity token; both empty mean anonymous. */
function toCredentials(login: Login | null): Credentials {
  if (login === null) return { Username: '', Secret: '' };
  return 'identityToken' in login
    ? { Username: '', Secret: login.identityToken }
    : { Username: login.username, Secret: login.secret };
}
