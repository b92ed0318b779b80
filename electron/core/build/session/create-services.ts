import type { LoginFor } from '../../docker-config/login.ts';
import { answerCredentials } from './auth-service.ts';
import { syncFolders, type SyncFolder } from './file-sync/sync-service.ts';
import type { GrpcMethods } from './grpc-call.ts';
import { checkHealth } from './health-service.ts';

export interface ServiceOptions {
  readonly loginFor: LoginFor;
  /** By the names that the engine calls them; null where the context goes as a tar. */
  readonly folders: Readonly<Record<string, SyncFolder>> | null;
  /** Learns what an engine asked for and did not get, since a build that fails then says little of why. */
  readonly onFailure: (thrown: unknown) => void;
}

/** What an engine may call while it builds: the methods that the session announces. */
export function createServices({ loginFor, folders, onFailure }: ServiceOptions): GrpcMethods {
  return {
    '/grpc.health.v1.Health/Check': checkHealth,
    '/moby.filesync.v1.Auth/Credentials': answerCredentials(loginFor, onFailure),
    ...(folders === null ? {} : { '/moby.filesync.v1.FileSync/DiffCopy': syncFolders(folders, onFailure) })
  };
}
