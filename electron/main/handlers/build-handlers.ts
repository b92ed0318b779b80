import { readProxyArguments } from '#core/docker-config/proxy-arguments.ts';
import { readHostEnvironment } from '#core/util/host-environment.ts';
import type { CredentialService } from '#core/credential/credential-service.ts';
import type { EngineConnection } from '#core/engine/engine-connection.ts';
import type { JobRunner } from '#core/job/job-runner.ts';
import type { Store } from '#core/store/open-store.ts';
import type { HandlersOf } from './handler-types.ts';

export interface JobDependencies {
  readonly jobs: JobRunner;
  readonly engine: EngineConnection;
  readonly logins: CredentialService;
  readonly store: Store;
}

export function buildHandlers({ jobs, engine, logins, store }: JobDependencies): HandlersOf<'build'> {
  return {
    'build.start': ({ projectId, dockerfile, options }) => {
      const root = store.projects.pathOf(projectId);
      const jobId = jobs.start('build', projectId, async (job) => {
        // The build stays on the engine that is selected now.
        const client = engine.client();
        const { buildProject } = await import('#core/build/build-project.ts');
        return buildProject(
          { projectId, root, dockerfile, options },
          {
            engine: client,
            loginFor: logins.loginFor,
            proxyArgumentsFor: (address) => readProxyArguments(readHostEnvironment(), address),
            clientId: store.clientId(),
            save: (record) => store.builds.add(record)
          },
          job
        );
      });
      return Promise.resolve({ jobId });
    },
    'build.records': ({ projectId }) => store.builds.list(projectId)
  };
}
