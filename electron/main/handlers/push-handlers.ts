import { pushBuiltImage } from '#core/push/push-built-image.ts';
import type { WorkParts } from './build-handlers.ts';
import type { HandlersOf } from './parts.ts';

export function pushHandlers({ jobs, engine, logins, store }: WorkParts): HandlersOf<'push'> {
  return {
    'push.start': ({ projectId, buildId, imageId, reference }) => {
      const jobId = jobs.start('push', projectId, async (job) => {
        const parts = { engine: engine.client(), loginFor: (host: string) => logins.loginFor(host) };
        const result = await pushBuiltImage({ imageId, reference }, parts, job);
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
