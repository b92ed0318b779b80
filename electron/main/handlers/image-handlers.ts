import type { EngineConnection } from '../../core/engine/engine-connection.ts';
import { inspectImage } from '../../core/image/inspect-image.ts';
import { listImages } from '../../core/image/list-images.ts';
import type { Store } from '../../core/store/open-store.ts';
import { builtFromRecord } from './built-from-record.ts';
import type { HandlersOf } from './parts.ts';

export function imageHandlers(engine: EngineConnection, store: Store): HandlersOf<'image'> {
  return {
    'image.list': () => listImages(engine.client()),
    'image.inspect': async ({ image, buildId }) => {
      const builtFrom = await builtFromRecord(store, buildId);
      return inspectImage(engine.client(), image, builtFrom ? { builtFrom } : {});
    }
  };
}
