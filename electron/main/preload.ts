import { contextBridge, ipcRenderer, webUtils } from 'electron';
import type { Bridge, Reply } from '#contract/ipc/bridge.ts';
import { channels } from '#contract/ipc/channels.ts';
import type { TopicMessage, TopicName } from '#contract/ipc/topics.ts';

type Listener = (message: unknown) => void;

const listeners = new Map<string, Set<Listener>>();

ipcRenderer.on(channels.topic, (_event, topic: string, message: unknown) => {
  for (const listener of listeners.get(topic) ?? []) listener(message);
});

/** Electron 29 and newer have webUtils; 31 and older have File.path. */
function pathOf(file: File): string {
  const utils = webUtils as typeof webUtils | undefined;
  return utils?.getPathForFile(file) ?? (file as File & { path?: string }).path ?? '';
}

function on<T extends TopicName>(topic: T, listener: (message: TopicMessage<T>) => void): () => void {
  const known = listeners.get(topic) ?? new Set<Listener>();
  listeners.set(topic, known);
  // Main validated the message against the topic's schema before it was sent.
  const untyped = listener as Listener;
  known.add(untyped);
  return () => known.delete(untyped);
}

/** Never rejects: input that cannot be cloned is refused like any other invalid input. */
async function ask<T>(channel: string, name: unknown, ...input: unknown[]): Promise<Reply<T>> {
  try {
    return (await ipcRenderer.invoke(channel, ...input)) as Reply<T>;
  } catch {
    const call = typeof name === 'string' ? name.slice(0, 100) : '';
    return { ok: false, error: { code: 'call-refused', call, reason: 'bad-input' } };
  }
}

const bridge: Bridge = {
  call: (name, input) => ask(channels.call, name, name, input),
  on,
  drop: (files) => {
    // Only a File that the user dropped has a path; an object of the page could name any.
    const dropped = files.filter((file): file is File => file instanceof File);
    const paths = dropped.map(pathOf).filter((path) => path !== '');
    return ask(channels.drop, 'drop', paths);
  }
};

contextBridge.exposeInMainWorld('slipway', bridge);
