import type { Component } from 'svelte';
import Folder from '@lucide/svelte/icons/folder';
import History from '@lucide/svelte/icons/history';
import KeyRound from '@lucide/svelte/icons/key-round';
import Layers from '@lucide/svelte/icons/layers';
import Settings from '@lucide/svelte/icons/settings';
import Compare from '@lucide/svelte/icons/align-end-horizontal';
import type { CommandId } from '#contract/commands.ts';
import type { Screen } from '../state/app-state.svelte.ts';

export interface ScreenEntry {
  readonly screen: Screen;
  readonly command: CommandId;
  readonly icon: Component;
}

/** The screens of the rail, in order; settings are separate, at the bottom. */
export const screens: readonly ScreenEntry[] = [
  { screen: 'projects', command: 'view.projects', icon: Folder },
  { screen: 'images', command: 'view.images', icon: Layers },
  { screen: 'compare', command: 'view.compare', icon: Compare },
  { screen: 'builds', command: 'view.builds', icon: History },
  { screen: 'accounts', command: 'view.accounts', icon: KeyRound },
  { screen: 'settings', command: 'view.settings', icon: Settings }
];
