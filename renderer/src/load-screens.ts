/** All screens except the first: loaded when they are opened, or after the first paint when the page is idle. */
export const screens = {
  workspace: () => import('./features/workspace/Workspace.svelte'),
  imagesScreen: () => import('./features/images/ImagesScreen.svelte'),
  archiveScreen: () => import('./features/images/ArchiveScreen.svelte'),
  compareScreen: () => import('./features/compare/CompareScreen.svelte'),
  buildsScreen: () => import('./features/builds/BuildsScreen.svelte'),
  accountsScreen: () => import('./features/accounts/AccountsScreen.svelte'),
  settingsScreen: () => import('./features/settings/SettingsScreen.svelte')
};

/**
 * Loads all screens one after another while the page is idle, so that opening one later is instant. Returns a function
 * that stops it.
 */
export function loadScreens(): () => void {
  const remaining = Object.values(screens);
  let handle = 0;
  const loadNext = (): void => {
    const load = remaining.shift();
    if (load) void load().finally(() => (handle = requestIdleCallback(loadNext)));
  };
  handle = requestIdleCallback(loadNext);
  return () => {
    remaining.length = 0;
    cancelIdleCallback(handle);
  };
}
