import { Menu, type MenuItemConstructorOptions } from 'electron';
import { commandSpecs, type CommandId, type MenuSection } from '#contract/commands.ts';
import { words } from '#contract/words/words.ts';

/**
 * The application menu from the one list of commands. The page runs a command when it is told its id; it also listens
 * for the shortcuts itself, so the menu only shows them (registerAccelerator: false) and nothing runs twice.
 */
export function setMenu(platform: NodeJS.Platform, run: (id: CommandId) => void): void {
  const of = (section: MenuSection): MenuItemConstructorOptions[] =>
    commandSpecs
      .filter((spec) => spec.menu === section)
      .map((spec) => ({
        id: spec.id,
        label: words.commands[spec.id],
        // Until a page says that it may run, there is nobody to run it.
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

/** Lets these commands be chosen in the application menu, and greys the others. */
export function enableCommands(ids: readonly CommandId[]): void {
  const menu = Menu.getApplicationMenu();
  for (const { id } of commandSpecs) {
    const item = menu?.getMenuItemById(id);
    if (item) item.enabled = ids.includes(id);
  }
}
