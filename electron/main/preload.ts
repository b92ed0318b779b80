import { contextBridge, ipcRenderer, webUtils } from 'electron';
import type { Bridge } from '#contract/ipc/bridge.ts';
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

const bridge: Bridge = {
  call: (name, input) => ipcRenderer.invoke(channels.call, name, input),
  on,
  drop: (files) => {
    const paths = (files as File[]).map(pathOf).filter((path) => path !== '');
    return ipcRenderer.invoke(channels.drop, paths);
  }
};

contextBridge.exposeInMainWorld('slipway', bridge);
