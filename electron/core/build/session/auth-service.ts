import { z } from 'zod';
import { registryHost } from '#contract/domain/reference.ts';
import type { Login, LoginFor } from '../../docker-config/login.ts';
import { credentialsRequest, credentialsResponse } from '../grpc-messages.ts';
import { GrpcError, grpcStatus, unary, type GrpcMethod } from './grpc-call.ts';

const requestSchema = z.object({ Host: z.string().max(2048).default('') });

/**
 * moby.filesync.v1.Auth/Credentials: the login of the requested host, never of another. The token methods of this service
 * answer UNIMPLEMENTED by design: BuildKit then requests its tokens itself. `onFailure` gets the error if a login could not be read.
 * https://github.com/moby/buildkit/blob/master/session/auth/auth.proto
 */
export function answerCredentials(loginFor: LoginFor, onFailure: (thrown: unknown) => void): GrpcMethod {
  return unary(async (message) => {
    const { Host } = parseRequest(message);
    const login = await loginFor(registryHost(Host)).catch((thrown: unknown) => {
      onFailure(thrown);
      // Without the reason: it could contain a secret, and BuildKit adds it to the build's log.
      throw new GrpcError(grpcStatus.unavailable, 'the login could not be read');
    });
    return credentialsResponse.encode(toCredentials(login)).finish();
  });
}

function parseRequest(message: Buffer): z.infer<typeof requestSchema> {
  try {
    return requestSchema.parse(credentialsRequest.toObject(credentialsRequest.decode(message)));
  } catch {
    throw new GrpcError(grpcStatus.invalidArgument, 'not a request for a login');
  }
}

/**
 * An empty user name makes BuildKit take the secret as an identity token; both empty mean anonymous. A registry token has
 * no form here.
 */
function toCredentials(login: Login | null): { Username: string; Secret: string } {
  if (login === null || 'registryToken' in login) return { Username: '', Secret: '' };
  return 'identityToken' in login
    ? { Username: '', Secret: login.identityToken }
    : { Username: login.username, Secret: login.secret };
}
