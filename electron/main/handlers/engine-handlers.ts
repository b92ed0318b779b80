import type { EngineConnection } from '#core/engine/engine-connection.ts';
import type { Store } from '#core/store/open-store.ts';
import type { HandlersOf } from './handler-types.ts';

export function engineHandlers(engine: EngineConnection, store: Store): HandlersOf<'engine'> {
  return {
    'engine.state': () => Promise.resolve(engine.state),
    'engine.candidates': () => engine.candidates(),
    'engine.use': async ({ engineId }) => {
      await engine.use(engineId);
      await store.settings.change({ preferredEngine: engineId });
      return {};
    },
    'engine.retry': async () => {
      await engine.retry();
      return {};
    },
    'engine.startPrivate': async ({ program }) => {
      await engine.startPrivate(program);
      return {};
    }
  };
}
