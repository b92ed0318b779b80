import { nativeTheme } from 'electron';
import type { Settings } from '#contract/schema/settings.ts';
import type { Store } from '#core/store/open-store.ts';
import type { HandlersOf } from './handler-types.ts';

/** The system's own UI (menus, scroll bars, dialogs) follows the theme too. */
export function applyTheme({ theme }: Settings): void {
  nativeTheme.themeSource = theme;
}

export function settingsHandlers(store: Store): HandlersOf<'settings'> {
  return {
    'settings.get': () => Promise.resolve(store.settings.get()),
    'settings.change': (patch) => store.settings.change(patch)
  };
}
