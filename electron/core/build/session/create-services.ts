import type { LoginFor } from '../../docker-config/login.ts';
import { answerCredentials } from './auth-service.ts';
import { syncFolders, type SyncFolder } from './file-sync/sync-service.ts';
import type { GrpcMethods } from './grpc-call.ts';
import { checkHealth } from './health-service.ts';

export interface ServiceOptions {
  readonly loginFor: LoginFor;
  /** By the engine's names for them; null if the context is sent as a tar. */
  readonly folders: Readonly<Record<string, SyncFolder>> | null;
  /** Gets the error if something that the engine requested could not be sent: the builder's own message says little. */
  readonly onFailure: (thrown: unknown) => void;
}

/** All methods that the session announces and the engine may call during a build. */
export function createServices({ loginFor, folders, onFailure }: ServiceOptions): GrpcMethods {
  return {
    '/grpc.health.v1.Health/Check': checkHealth,
    '/moby.filesync.v1.Auth/Credentials': answerCredentials(loginFor, onFailure),
    ...(folders === null ? {} : { '/moby.filesync.v1.FileSync/DiffCopy': syncFolders(folders, onFailure) })
  };
}
