import { describe, expect, it, vi } from 'vitest';
import { commandSpecs, type CommandId } from '#contract/commands.ts';
import { words } from '#contract/words/words.ts';
import { enableCommands, setMenu } from '../../../electron/main/set-menu.ts';
import { Menu } from './fake-electron.ts';

vi.mock('electron', () => import('./fake-electron.ts'));

const itemOf = (id: string) => Menu.getApplicationMenu()?.getMenuItemById(id) as Electron.MenuItem | null;

describe('the application menu', () => {
  it('has every command that has a place in it, disabled until the page enables it', () => {
    const ran: CommandId[] = [];
    setMenu('linux', (id) => void ran.push(id));
    for (const { id, menu } of commandSpecs) {
      expect(itemOf(id)?.label).toBe(menu === null ? undefined : words.commands[id]);
      expect(itemOf(id)?.enabled ?? false).toBe(false);
    }
    const [first] = commandSpecs.filter(({ menu }) => menu !== null);
    enableCommands([first?.id ?? 'build.start']);
    const enabled = commandSpecs.filter(({ id }) => itemOf(id)?.enabled).map(({ id }) => id);
    expect(enabled).toEqual([first?.id]);
    itemOf(first?.id ?? '')?.click();
    expect(ran).toEqual([first?.id]);
  });
});
