import type { Store } from '#core/store/open-store.ts';
import type { HandlersOf } from './handler-types.ts';

export function draftHandlers({ drafts }: Pick<Store, 'drafts'>): HandlersOf<'draft'> {
  return {
    'draft.list': ({ projectId }) => Promise.resolve(drafts.list(projectId)),
    'draft.save': async ({ projectId, draft }) => {
      await drafts.save(projectId, draft);
      return {};
    },
    'draft.remove': async ({ projectId, file }) => {
      await drafts.remove(projectId, file);
      return {};
    }
  };
}
