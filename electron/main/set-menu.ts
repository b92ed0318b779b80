import { Menu, type MenuItemConstructorOptions } from 'electron';
import { commandSpecs, type CommandId, type MenuSection } from '#contract/commands.ts';
import { words } from '#contract/words/words.ts';

/**
 * Builds the application menu from the list of commands. The page runs a command when it receives its id; it also
 * handles
 * the shortcuts itself, so the menu only displays them (registerAccelerator: false) and no command runs twice.
 */
export function setMenu(platform: NodeJS.Platform, run: (id: CommandId) => void): void {
  const of = (section: MenuSection): MenuItemConstructorOptions[] =>
    commandSpecs
      .filter((spec) => spec.menu === section)
      .map((spec) => ({
        id: spec.id,
        label: words.commands[spec.id],
        // Disabled until a page reports that it can run it.
        enabled: false,
        ...(spec.shortcut === null ? {} : { accelerator: spec.shortcut, registerAccelerator: false }),
        click: () => run(spec.id)
      }));
  const separator: MenuItemConstructorOptions = { type: 'separator' };
  const menus: MenuItemConstructorOptions[] = [
    {
      label: words.app.menus.file,
      submenu: [...of('file'), separator, { role: platform === 'darwin' ? 'close' : 'quit' }]
    },
    { label: words.app.menus.edit, role: 'editMenu' },
    { label: words.app.menus.project, submenu: of('project') },
    {
      label: words.app.menus.view,
      submenu: [
        ...of('view'),
        separator,
        { role: 'resetZoom' },
        { role: 'zoomIn' },
        { role: 'zoomOut' },
        { role: 'togglefullscreen' }
      ]
    },
    { label: words.app.menus.help, role: 'help', submenu: of('help') }
  ];
  if (platform === 'darwin') menus.unshift({ role: 'appMenu' });
  Menu.setApplicationMenu(Menu.buildFromTemplate(menus));
}

/** Enables these commands in the application menu, and disables the others. */
export function enableCommands(ids: readonly CommandId[]): void {
  const menu = Menu.getApplicationMenu();
  for (const { id } of commandSpecs) {
    const item = menu?.getMenuItemById(id);
    if (item) item.enabled = ids.includes(id);
  }
}
