import { setMenu } from './set-menu.ts';
import { createCallRouter } from './call-router.ts';
import { compose, type AppOptions, type Slipway } from './compose.ts';
import type { CallRouter, Log } from './route-calls.ts';
import { sendToPage } from './send-to-page.ts';
import type { Broadcast } from './handlers/handler-types.ts';

export interface StartOptions extends Omit<AppOptions, 'broadcast'> {
  readonly page: () => Electron.WebContents | undefined;
  /** Also validate main's own output; on in development and tests. */
  readonly checkOutput: boolean;
  readonly log: Log;
}

export interface StartedApp extends Pick<Slipway, 'openLink' | 'connectEngine' | 'runningWork' | 'close'> {
  readonly router: CallRouter;
  /** Opens folders and archives from outside the window, and sends the results to the page. */
  readonly openPaths: (paths: string[]) => Promise<void>;
}

/** Everything the window needs but does not wait for: core, its handlers, and the application menu. */
export async function startApp({ page, checkOutput, log, ...options }: StartOptions): Promise<StartedApp> {
  const broadcast: Broadcast = (topic, message) => sendToPage(page(), topic, message, checkOutput);
  const { handlers, openPaths, ...slipway } = await compose({ ...options, broadcast });
  setMenu(process.platform, (id) => broadcast('command.run', { id }));
  return {
    ...slipway,
    router: createCallRouter({ handlers, openDropped: openPaths, checkOutput, log }),
    openPaths: async (paths) => broadcast('project.imported', await openPaths(paths))
  };
}
