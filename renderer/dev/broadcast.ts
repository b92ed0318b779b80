import type { TopicMessage, TopicName } from '#contract/ipc/topics.ts';

/** Sends a topic's message to the page, like main. */
export type Broadcast = <T extends TopicName>(topic: T, message: TopicMessage<T>) => void;
