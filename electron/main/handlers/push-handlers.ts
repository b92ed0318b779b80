import { pushBuiltImage } from '#core/push/push-built-image.ts';
import type { JobDependencies } from './build-handlers.ts';
import type { HandlersOf } from './handler-types.ts';

export function pushHandlers({ jobs, engine, logins, store }: JobDependencies): HandlersOf<'push'> {
  return {
    'push.start': ({ projectId, buildId, engineId, imageId, reference }) => {
      const jobId = jobs.start('push', projectId, async (job) => {
        const dependencies = { engine: await engine.clientOf(engineId, job.signal), loginFor: logins.loginFor };
        const result = await pushBuiltImage({ imageId, reference }, dependencies, job);
        if (buildId !== null) {
          const pushed = { reference: result.reference, digest: result.digest, at: Date.now() };
          await store.builds.update(buildId, { pushed });
        }
        return result;
      });
      return Promise.resolve({ jobId });
    }
  };
}
