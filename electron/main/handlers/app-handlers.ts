import { app, clipboard, shell } from 'electron';
import type { ImportResult } from '#contract/schema/project.ts';
import type { Store } from '#core/store/open-store.ts';
import { allowLink } from '../allow-link.ts';
import type { HandlersOf } from './handler-types.ts';

const platforms = ['linux', 'darwin', 'win32'] as const;

/** Opens an allowed page in the system's browser; link-refused for any other. */
export async function openLink(url: string): Promise<void> {
  await shell.openExternal(allowLink(url));
}

/** `openedAtStart` is returned once: to the first window that queries it. A page that is reloaded gets `reopen`. */
export function appHandlers(
  store: Store,
  openedAtStart: Promise<ImportResult | null>,
  reopen: () => Promise<ImportResult | null>
): HandlersOf<'app'> {
  let open = (): Promise<ImportResult | null> => openedAtStart;
  return {
    'app.info': async () => {
      const opened = open();
      open = reopen;
      return {
        version: app.getVersion(),
        electron: process.versions.electron,
        chrome: process.versions.chrome,
        platform: platforms.find((platform) => platform === process.platform) ?? 'linux',
        notices: store.notices,
        opened: await opened
      };
    },
    'app.openLink': async ({ url }) => {
      await openLink(url);
      return {};
    },
    'app.copyText': async ({ text }) => {
      // Newer versions of Electron return a promise, older ones the value.
      await clipboard.writeText(text);
      return {};
    }
  };
}
