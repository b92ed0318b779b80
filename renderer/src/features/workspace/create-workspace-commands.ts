import type { CommandHandlers } from '../../commands/command-registry.svelte.ts';
import type { WorkspaceState } from './workspace-state.svelte.ts';

/** The commands while a project's screen is displayed. */
export function createWorkspaceCommands(workspace: WorkspaceState): CommandHandlers {
  const { files, build, push } = workspace;
  return {
    'file.save': {
      when: () => files.starter === null && files.active?.isUnsaved === true,
      run: async () => {
        if (files.active !== null) await files.save(files.active);
      }
    },
    'build.start': { when: () => workspace.buildObstacle === null, run: () => workspace.startBuild() },
    'build.options': {
      when: () => files.starter === null,
      run: () => {
        workspace.optionsOpen = true;
      }
    },
    'build.cancel': { when: () => build.job.running && !build.job.cancelling, run: () => build.job.cancel() },
    'build.compare': {
      when: () => build.previousImage !== null && !build.job.running,
      run: () => workspace.compareWithPrevious()
    },
    'push.start': { when: () => workspace.pushObstacle === null, run: () => workspace.startPush() },
    'project.showInFolder': { run: () => workspace.showInFolder() },
    'push.cancel': { when: () => push.job.running && !push.job.cancelling, run: () => push.job.cancel() }
  };
}
