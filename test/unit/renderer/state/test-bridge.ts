import type { Bridge } from '#contract/ipc/bridge.ts';
import type { CallInput, CallName, CallOutput } from '#contract/ipc/calls.ts';
import type { TopicMessage, TopicName } from '#contract/ipc/topics.ts';
import { CallError } from '../../../../renderer/src/bridge/call.ts';

type Answers = { [N in CallName]?: (input: CallInput<N>) => CallOutput<N> | Promise<CallOutput<N>> };

/** A bridge to a main with the given answers; other calls are rejected. */
export function createTestBridge(answers: Answers): {
  bridge: Bridge;
  broadcast: <T extends TopicName>(topic: T, message: TopicMessage<T>) => void;
  listenerCount: () => number;
} {
  const listeners = new Set<{ topic: string; listener: (message: never) => void }>();
  const bridge: Bridge = {
    call: async (name, input) => {
      try {
        const answer = answers[name] as ((input: unknown) => Promise<never>) | undefined;
        if (!answer) return { ok: false, error: { code: 'call-refused', call: name, reason: 'unknown-call' } };
        return { ok: true, value: await answer(input) };
      } catch (cause) {
        if (cause instanceof CallError) return { ok: false, error: cause.error };
        throw cause;
      }
    },
    on: (topic, listener) => {
      const entry = { topic, listener };
      listeners.add(entry);
      return () => listeners.delete(entry);
    },
    drop: () => Promise.resolve({ ok: true, value: { projects: [], archives: [], failures: [] } })
  };
  return {
    bridge,
    broadcast: (topic, message) => {
      for (const entry of listeners) if (entry.topic === topic) entry.listener(message as never);
    },
    listenerCount: () => listeners.size
  };
}
