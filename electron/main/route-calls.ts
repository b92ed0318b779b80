import { ipcMain, type IpcMainInvokeEvent, type WebContents } from 'electron';
import { z } from 'zod';
import type { Reply } from '#contract/ipc/bridge.ts';
import { calls, type CallHandlers, type CallName } from '#contract/ipc/calls.ts';
import { appOrigin, channels } from '#contract/ipc/channels.ts';
import type { AppErrorData } from '#contract/schema/error.ts';
import type { ImportResult } from '#contract/schema/project.ts';
import { topics, type TopicMessage, type TopicName } from '#contract/ipc/topics.ts';
import { toErrorData } from '#core/util/app-error.ts';

const droppedPathsSchema = z.array(z.string().min(1).max(32_768)).max(256);

export interface RouterOptions {
  /** The page that may ask, or undefined while there is none. */
  page: () => WebContents | undefined;
  handlers: CallHandlers;
  /** Opens what was dropped on the window, by absolute paths. */
  openDropped: (paths: string[]) => Promise<ImportResult>;
  /** Also check what main itself sends; on in development and tests. */
  checkOutput: boolean;
  /** Hears of what was refused or went wrong inside; never of a value that crossed. */
  log: (line: string) => void;
}

/** Answers the page's calls, and only those: our window's main frame, at our origin, with valid input. */
export function routeCalls({ page, handlers, openDropped, checkOutput, log }: RouterOptions): void {
  const fromOurPage = ({ senderFrame, sender }: IpcMainInvokeEvent): boolean => {
    const ours = page();
    if (!ours || sender !== ours || senderFrame !== ours.mainFrame) return false;
    return new URL(senderFrame.url).origin === appOrigin || senderFrame.url.startsWith(`${appOrigin}/`);
  };

  const refuse = (call: string, reason: Extract<AppErrorData, { code: 'call-refused' }>['reason']): Reply<never> => {
    log(`refused ${JSON.stringify(call.slice(0, 100))}: ${reason}`);
    return { ok: false, error: { code: 'call-refused', call: call.slice(0, 100), reason } };
  };

  const answer = async <T>(name: string, work: () => Promise<T>): Promise<Reply<T>> => {
    try {
      return { ok: true, value: await work() };
    } catch (thrown) {
      const error = toErrorData(thrown);
      if (error.code === 'internal') log(`${name}: ${error.detail}`);
      return { ok: false, error };
    }
  };

  const call = async (name: CallName, input: unknown): Promise<Reply<unknown>> => {
    const parsed = calls[name].input.safeParse(input);
    if (!parsed.success) return refuse(name, 'bad-input');
    const handler = handlers[name] as (input: unknown) => Promise<unknown>;
    return answer(name, async () => {
      const value = await handler(parsed.data);
      return checkOutput ? calls[name].output.parse(value) : value;
    });
  };

  ipcMain.handle(channels.call, (event, name: unknown, input: unknown) => {
    if (!fromOurPage(event)) return refuse(String(name), 'sender');
    if (typeof name !== 'string' || !Object.hasOwn(calls, name)) return refuse(String(name), 'unknown-call');
    return call(name as CallName, input);
  });

  ipcMain.handle(channels.drop, (event, paths: unknown) => {
    if (!fromOurPage(event)) return refuse('drop', 'sender');
    const parsed = droppedPathsSchema.safeParse(paths);
    if (!parsed.success) return refuse('drop', 'bad-input');
    return answer('drop', () => openDropped(parsed.data));
  });
}

/** Tells the page something unasked; dropped when there is no page, since a page asks for its state when it starts. */
export function sendToPage<T extends TopicName>(
  page: WebContents | undefined,
  topic: T,
  message: TopicMessage<T>,
  checkOutput: boolean
): void {
  if (!page || page.isDestroyed()) return;
  page.send(channels.topic, topic, checkOutput ? topics[topic].parse(message) : message);
}
