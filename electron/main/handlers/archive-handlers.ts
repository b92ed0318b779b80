import type { OpenProjects } from '#core/project/open-projects.ts';
import { askArchiveToOpen } from '../archive-dialogs.ts';
import type { HandlersOf, WindowOf } from './parts.ts';

export function archiveHandlers(projects: OpenProjects, window: WindowOf): HandlersOf<'archive'> {
  return {
    'archive.choose': async () => {
      const path = await askArchiveToOpen(window());
      return path === null ? { projects: [], archives: [], failures: [] } : projects.importPaths([path]);
    }
  };
}
