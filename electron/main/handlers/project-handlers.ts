import { dialog, shell } from 'electron';
import type { ImportResult } from '#contract/schema/project.ts';
import type { OpenProjects } from '#core/project/open-projects.ts';
import { copySample } from '#core/project/copy-sample.ts';
import type { HandlersOf, GetWindow } from './handler-types.ts';

const nothingOpened: ImportResult = { projects: [], archives: [], failures: [] };

export function projectHandlers(
  projects: OpenProjects,
  window: GetWindow,
  sample: { from: string; to: string }
): HandlersOf<'project'> {
  return {
    'project.recent': () => projects.recent(),
    'project.choose': async () => {
      const options = { properties: ['openDirectory', 'multiSelections'] as ('openDirectory' | 'multiSelections')[] };
      const parent = window();
      const { filePaths } = await (parent ? dialog.showOpenDialog(parent, options) : dialog.showOpenDialog(options));
      return filePaths.length === 0 ? nothingOpened : projects.importPaths(filePaths);
    },
    'project.sample': async () => projects.importPaths([await copySample(sample.from, sample.to)]),
    'project.open': ({ projectId }) => projects.open(projectId),
    'project.setOpen': async ({ projectId }) => {
      await projects.setOpen(projectId);
      return {};
    },
    'project.forget': async ({ projectId }) => {
      await projects.forget(projectId);
      return {};
    },
    'project.measureContext': ({ projectId, dockerfile }) => projects.measureContext(projectId, dockerfile),
    'project.starter': ({ projectId }) => projects.starter(projectId),
    'project.writeStarter': ({ projectId, files }) => projects.writeStarter(projectId, files),
    'project.showInFolder': ({ projectId }) => {
      shell.showItemInFolder(projects.pathOf(projectId));
      return Promise.resolve({});
    }
  };
}
