import { readFileSync } from 'node:fs';

/** What main uses of Electron, for tests without a window: `vi.mock('electron', () => import('./fake-electron.ts'))`. */

type Listener = (...values: never[]) => unknown;

/** What a person answers to the next dialogs, and what was shown to that person. */
export const person = {
  opens: [] as string[],
  savesAs: '',
  dialogs: [] as { title?: string; defaultPath?: string; filters?: { name: string; extensions: string[] }[] }[],
  pages: [] as string[],
  clipboard: '',
  notifications: [] as { title: string; body: string }[],
  /** The button that is chosen in message boxes; while it is empty, they stay open. */
  answers: '',
  messages: [] as { message: string; detail?: string; buttons: string[]; signal?: AbortSignal }[]
};

export function resetPerson(): void {
  Object.assign(person, {
    opens: [],
    savesAs: '',
    dialogs: [],
    pages: [],
    clipboard: '',
    notifications: [],
    answers: '',
    messages: []
  });
}

type DialogOptions = (typeof person.dialogs)[number];

const show = (values: readonly unknown[]): void => void person.dialogs.push(values.at(-1) as DialogOptions);

export const dialog = {
  showOpenDialog: (...values: unknown[]) => {
    show(values);
    return Promise.resolve({ canceled: person.opens.length === 0, filePaths: person.opens });
  },
  showSaveDialog: (...values: unknown[]) => {
    show(values);
    return Promise.resolve({ canceled: person.savesAs === '', filePath: person.savesAs });
  },
  showMessageBox: (...values: unknown[]) => {
    const options = values.at(-1) as MessageOptions;
    person.messages.push(options);
    if (person.answers === '') return new Promise<never>(() => undefined);
    return Promise.resolve({ response: options.buttons.indexOf(person.answers) });
  }
};

type MessageOptions = (typeof person.messages)[number];

export const shell = {
  openExternal: (url: string) => Promise.resolve(void person.pages.push(url)),
  showItemInFolder: () => undefined
};
export const clipboard = { writeText: (text: string) => void (person.clipboard = text) };
export const nativeTheme = { themeSource: 'system' };
export const app = {
  getVersion: () => (JSON.parse(readFileSync('package.json', 'utf8')) as { version: string }).version
};

export class Notification {
  readonly #text: { title: string; body: string };
  constructor(text: { title: string; body: string }) {
    this.#text = text;
  }
  static isSupported = (): boolean => true;
  on = (): void => undefined;
  show(): void {
    person.notifications.push(this.#text);
  }
}

interface MenuItem {
  id?: string;
  label?: string;
  enabled?: boolean;
  submenu?: MenuItem[];
}

export class Menu {
  static #menu: Menu | null = null;
  readonly items: MenuItem[] = [];
  static buildFromTemplate(template: MenuItem[]): Menu {
    const menu = new Menu();
    menu.items.push(...template);
    return menu;
  }
  static setApplicationMenu = (menu: Menu): void => void (Menu.#menu = menu);
  static getApplicationMenu = (): Menu | null => Menu.#menu;
  getMenuItemById(id: string): MenuItem | null {
    return this.items.flatMap(({ submenu = [] }) => submenu).find((item) => item.id === id) ?? null;
  }
}

/** Channels that main handles. */
export const handled = new Map<string, Listener>();
export const ipcMain = { handle: (channel: string, listener: Listener) => void handled.set(channel, listener) };

Object.defineProperty(process, 'versions', {
  value: { ...process.versions, electron: '45.0.0', chrome: '150.0.0.0' }
});
