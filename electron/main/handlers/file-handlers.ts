import type { OpenProjects } from '#core/project/open-projects.ts';
import type { HandlersOf } from './handler-types.ts';

export function fileHandlers(projects: OpenProjects): HandlersOf<'file'> {
  return {
    'file.read': ({ projectId, file }) => projects.readFile(projectId, file),
    'file.save': async ({ projectId, file, text, revision, replace }) => ({
      revision: await projects.saveFile(projectId, file, text, { revision, replace })
    })
  };
}
