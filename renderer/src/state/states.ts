import { createContext } from 'svelte';
import type { Bridge } from '#contract/ipc/bridge.ts';
import { AccountsState } from './accounts-state.svelte.ts';
import { AppState } from './app-state.svelte.ts';
import { EngineStatus } from './engine-status.svelte.ts';
import { ProjectsState } from './projects-state.svelte.ts';
import { RunningJobs } from './running-jobs.svelte.ts';
import { SettingsState } from './settings-state.svelte.ts';
import { TransfersState } from './transfers-state.svelte.ts';

/** The states shared by all screens and features. */
export interface States {
  readonly bridge: Bridge;
  readonly app: AppState;
  readonly engine: EngineStatus;
  readonly projects: ProjectsState;
  readonly accounts: AccountsState;
  readonly settings: SettingsState;
  readonly transfers: TransfersState;
  readonly jobs: RunningJobs;
}

/** Creates the states of a window; each follows the topics of `bridge` once it is started. */
export function createStates(bridge: Bridge): States {
  const app = new AppState(bridge);
  const projects = new ProjectsState(bridge, app);
  return {
    bridge,
    app,
    engine: new EngineStatus(bridge),
    projects,
    accounts: new AccountsState(bridge),
    settings: new SettingsState(bridge),
    transfers: new TransfersState(bridge, app),
    jobs: new RunningJobs(bridge, app, projects)
  };
}

/** The states of the window, provided by App.svelte. */
export const [useStates, provideStates] = createContext<States>();
