import type { EngineConnection } from '#core/engine/engine-connection.ts';
import { inspectImage } from '#core/images/inspect-image.ts';
import { ImageLayersCache } from '#core/images/image-layers-cache.ts';
import { listImages } from '#core/images/list-images.ts';
import { listImageUsers } from '#core/images/list-image-users.ts';
import { loadArchive } from '#core/images/load-archive.ts';
import { removeImage } from '#core/images/remove-image.ts';
import { saveImages } from '#core/images/save-images.ts';
import { addTag } from '#core/images/tag-image.ts';
import type { JobRunner } from '#core/job/job-runner.ts';
import type { Store } from '#core/store/open-store.ts';
import { chooseArchiveToLoad, chooseArchiveToSave } from '../archive-dialogs.ts';
import { builtFromRecord } from './built-from-record.ts';
import type { HandlersOf, GetWindow } from './handler-types.ts';

export interface ImageDependencies {
  readonly engine: EngineConnection;
  readonly store: Store;
  readonly jobs: JobRunner;
  readonly window: GetWindow;
}

export function imageHandlers({ engine, store, jobs, window }: ImageDependencies): HandlersOf<'image'> {
  const layers = new ImageLayersCache();
  return {
    'image.list': () => listImages(engine.client()),
    'image.inspect': async ({ image, buildId, engineId }) => {
      const builtFrom = await builtFromRecord(store, buildId);
      return inspectImage(await engine.clientOf(engineId), image, builtFrom ? { builtFrom } : {});
    },
    'image.layers': ({ ids }) => layers.read(engine.client(), ids),
    'image.users': () => listImageUsers(engine.client()),
    'image.remove': ({ image, force }) => removeImage(engine.client(), image, force),
    'image.tag': async ({ image, reference }) => {
      await addTag(engine.client(), image, reference);
      return {};
    },
    'image.save': async ({ images }) => {
      const client = engine.client();
      const path = await chooseArchiveToSave(window(), images);
      return {
        jobId: path === null ? null : jobs.start('transfer', null, (job) => saveImages(client, images, path, job))
      };
    },
    'image.load': async () => {
      const client = engine.client();
      const path = await chooseArchiveToLoad(window());
      return { jobId: path === null ? null : jobs.start('transfer', null, (job) => loadArchive(client, path, job)) };
    }
  };
}
