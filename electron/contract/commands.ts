import type { words } from './words/words.ts';

export type CommandId = keyof (typeof words)['commands'];

/** The command's position in the application menu; null: palette and shortcut only. */
export type MenuSection = 'file' | 'project' | 'view' | 'help' | null;

export interface CommandSpec {
  readonly id: CommandId;
  /** Electron accelerator syntax, "CmdOrCtrl+B"; null when there is none. */
  readonly shortcut: string | null;
  readonly menu: MenuSection;
}

/**
 * The list of commands. Their titles are in words/en/commands.ts; what they do, and when they are enabled, is defined
 * by
 * the renderer (renderer/src/commands/). Menus, buttons, shortcuts and the palette all read this list, in its order.
 */
export const commandSpecs: readonly CommandSpec[] = [
  { id: 'project.choose', shortcut: 'CmdOrCtrl+O', menu: 'file' },
  { id: 'archive.choose', shortcut: null, menu: 'file' },
  { id: 'project.sample', shortcut: null, menu: 'file' },
  { id: 'file.save', shortcut: 'CmdOrCtrl+S', menu: 'file' },
  { id: 'build.start', shortcut: 'CmdOrCtrl+B', menu: 'project' },
  { id: 'build.options', shortcut: null, menu: 'project' },
  { id: 'build.cancel', shortcut: null, menu: 'project' },
  { id: 'build.compare', shortcut: null, menu: 'project' },
  { id: 'push.start', shortcut: 'CmdOrCtrl+Shift+P', menu: 'project' },
  { id: 'push.cancel', shortcut: null, menu: 'project' },
  { id: 'project.showInFolder', shortcut: null, menu: 'project' },
  { id: 'palette.open', shortcut: 'CmdOrCtrl+K', menu: 'view' },
  { id: 'view.projects', shortcut: 'CmdOrCtrl+1', menu: 'view' },
  { id: 'view.images', shortcut: 'CmdOrCtrl+2', menu: 'view' },
  { id: 'view.compare', shortcut: 'CmdOrCtrl+3', menu: 'view' },
  { id: 'view.builds', shortcut: 'CmdOrCtrl+4', menu: 'view' },
  { id: 'view.accounts', shortcut: 'CmdOrCtrl+5', menu: 'view' },
  { id: 'view.settings', shortcut: 'CmdOrCtrl+,', menu: 'view' },
  { id: 'pane.next', shortcut: 'F6', menu: 'view' },
  { id: 'theme.toggle', shortcut: null, menu: 'view' },
  { id: 'account.signIn', shortcut: null, menu: 'project' },
  { id: 'engine.retry', shortcut: null, menu: 'project' },
  { id: 'app.licenses', shortcut: null, menu: 'help' },
  { id: 'app.about', shortcut: null, menu: 'help' }
];
