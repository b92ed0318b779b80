import type { WebContents } from 'electron';
import { channels } from '#contract/ipc/channels.ts';
import { topics, type TopicMessage, type TopicName } from '#contract/ipc/topics.ts';

/**
 * Sends a topic's message to the page; dropped if there is no page, since a page queries its state when it starts.
 * With `checkOutput` the message is validated first. Throws ZodError if it does not match its schema.
 */
export function sendToPage<T extends TopicName>(
  page: WebContents | undefined,
  topic: T,
  message: TopicMessage<T>,
  checkOutput: boolean
): void {
  if (!page || page.isDestroyed()) return;
  page.send(channels.topic, topic, checkOutput ? topics[topic].parse(message) : message);
}
