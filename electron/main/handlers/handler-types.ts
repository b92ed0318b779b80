import type { BrowserWindow } from 'electron';
import type { CallHandlers, CallName } from '#contract/ipc/calls.ts';
import type { TopicMessage, TopicName } from '#contract/ipc/topics.ts';

/** The handlers of one room of calls: all whose name starts with the room's. */
export type HandlersOf<Module extends string> = Pick<CallHandlers, Extract<CallName, `${Module}.${string}`>>;

/** Tells the page a topic's message. */
export type Broadcast = <T extends TopicName>(topic: T, message: TopicMessage<T>) => void;

export type GetWindow = () => BrowserWindow | undefined;
