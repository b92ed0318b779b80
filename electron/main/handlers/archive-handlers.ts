import type { OpenProjects } from '#core/project/open-projects.ts';
import { chooseArchiveToOpen } from '../archive-dialogs.ts';
import type { HandlersOf, GetWindow } from './handler-types.ts';

export function archiveHandlers(projects: OpenProjects, window: GetWindow): HandlersOf<'archive'> {
  return {
    'archive.choose': async () => {
      const path = await chooseArchiveToOpen(window());
      return path === null ? { projects: [], archives: [], failures: [] } : projects.importPaths([path]);
    }
  };
}
