import type { BrowserWindow } from 'electron';
import type { CallHandlers, CallName } from '#contract/ipc/calls.ts';
import type { TopicMessage, TopicName } from '#contract/ipc/topics.ts';

/** The handlers of one module of calls: all whose name starts with the module's. */
export type HandlersOf<Module extends string> = Pick<CallHandlers, Extract<CallName, `${Module}.${string}`>>;

/** Sends a topic's message to the page. */
export type Broadcast = <T extends TopicName>(topic: T, message: TopicMessage<T>) => void;

export type GetWindow = () => BrowserWindow | undefined;
