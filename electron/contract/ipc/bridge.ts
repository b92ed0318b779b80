import type { CallInput, CallName, CallOutput } from './calls.ts';
import type { AppErrorData } from '../schema/error.ts';
import type { ImportResult } from '../schema/project.ts';
import type { TopicMessage, TopicName } from './topics.ts';

/** What main answers over the wire: a value, or an error as data. */
export type Reply<T> = { ok: true; value: T } | { ok: false; error: AppErrorData };

/** The whole surface that the preload gives the page, as `window.slipway`. */
export interface Bridge {
  /** Asks main. Resolves to a reply also when the call failed; rejects never, short of a lost main process. */
  call<N extends CallName>(name: N, input: CallInput<N>): Promise<Reply<CallOutput<N>>>;
  /** Hears a topic until the returned function is called. */
  on<T extends TopicName>(topic: T, listener: (message: TopicMessage<T>) => void): () => void;
  /** Opens what was dropped. `files` are the File objects of the drop event; their paths are read in the preload; the page never sees or gives one. */
  drop(files: readonly object[]): Promise<Reply<ImportResult>>;
}
