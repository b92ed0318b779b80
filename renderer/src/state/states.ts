import { createContext } from 'svelte';
import type { Bridge } from '#contract/ipc/bridge.ts';
import { AccountsState } from './accounts-state.svelte.ts';
import { AppState } from './app-state.svelte.ts';
import { EngineStatus } from './engine-status.svelte.ts';
import { ProjectsState } from './projects-state.svelte.ts';
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
}

/** Creates the states of a window; each follows the topics of `bridge` once it is started. */
export function createStates(bridge: Bridge): States {
  const app = new AppState(bridge);
  return {
    bridge,
    app,
    engine: new EngineStatus(bridge),
    projects: new ProjectsState(bridge, app),
    accounts: new AccountsState(bridge),
    settings: new SettingsState(bridge),
    transfers: new TransfersState(bridge, app)
  };
}

/** The states of the window, provided by App.svelte. */
export const [useStates, provideStates] = createContext<States>();
