import type { CallInput, CallName, CallOutput } from './calls.ts';
import type { AppErrorData } from '../schema/error.ts';
import type { ImportResult } from '../schema/project.ts';
import type { TopicMessage, TopicName } from './topics.ts';

/** Main's reply to a call: a value, or an error as data. */
export type Reply<T> = { ok: true; value: T } | { ok: false; error: AppErrorData };

/** Everything that the preload exposes to the page, as `window.slipway`. */
export interface Bridge {
  /** Calls main. Also resolves to a reply if the call failed; never rejects. */
  call<N extends CallName>(name: N, input: CallInput<N>): Promise<Reply<CallOutput<N>>>;
  /** Listens to a topic until the returned function is called. */
  on<T extends TopicName>(topic: T, listener: (message: TopicMessage<T>) => void): () => void;
  /**
   * Opens dropped files. `files` are the File objects of the drop event. The preload reads their paths; the page never
   * sees or passes a path.
   */
  drop(files: readonly object[]): Promise<Reply<ImportResult>>;
}
