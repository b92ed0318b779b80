import { ipcMain, type IpcMainInvokeEvent, type WebContents } from 'electron';
import type { Reply } from '#contract/ipc/bridge.ts';
import { appOrigin, channels } from '#contract/ipc/channels.ts';
import type { AppErrorData } from '#contract/schema/error.ts';

/** Receives rejected calls and internal errors; never a value that crossed. */
export type Log = (line: string) => void;

/** Replies to a call from our page, whose input was not validated yet. Never rejects. */
export interface CallRouter {
  call(name: unknown, input: unknown): Promise<Reply<unknown>>;
  /** Absolute paths of the dropped files and folders. */
  drop(paths: unknown): Promise<Reply<unknown>>;
}

export interface RouteCallsOptions {
  /** The page that may call, or undefined while there is none. */
  page: () => WebContents | undefined;
  /** Calls wait for it: the window opens before their handlers are loaded. */
  router: Promise<CallRouter>;
  log: Log;
}

/** Accepts calls only from our window's main frame at our origin. */
export function routeCalls({ page, router, log }: RouteCallsOptions): void {
  const isOurPage = ({ senderFrame, sender }: IpcMainInvokeEvent): boolean => {
    const ours = page();
    if (!ours || sender !== ours || senderFrame !== ours.mainFrame) return false;
    return new URL(senderFrame.url).origin === appOrigin || senderFrame.url.startsWith(`${appOrigin}/`);
  };

  ipcMain.handle(channels.call, async (event, name: unknown, input: unknown) => {
    if (!isOurPage(event)) return refuseCall(name, 'sender', log);
    return (await router).call(name, input);
  });

  ipcMain.handle(channels.drop, async (event, paths: unknown) => {
    if (!isOurPage(event)) return refuseCall('drop', 'sender', log);
    return (await router).drop(paths);
  });
}

/** The reply to a rejected call. Its name is what the page sent: anything. */
export function refuseCall(
  name: unknown,
  reason: Extract<AppErrorData, { code: 'call-refused' }>['reason'],
  log: Log
): Reply<never> {
  const call = typeof name === 'string' ? name.slice(0, 100) : typeof name;
  log(`refused ${JSON.stringify(call)}: ${reason}`);
  return { ok: false, error: { code: 'call-refused', call, reason } };
}
