import { createContext, untrack } from 'svelte';
import { commandSpecs, type CommandId } from '#contract/commands.ts';
import type { AppErrorData } from '#contract/schema/error.ts';
import { toErrorData } from '../bridge/call.ts';

/** What a command does. A screen that is not shown gives none, and its commands may not run. */
export interface CommandHandler {
  /** False: it may not run now. Left out: always. */
  readonly when?: () => boolean;
  readonly run: () => void | Promise<void>;
}

export type CommandHandlers = Partial<Record<CommandId, CommandHandler>>;

/** What each command of the list does now. Buttons, menus, shortcuts and the palette all run commands through here. */
export class CommandRegistry {
  #provided = $state.raw<readonly CommandHandlers[]>([]);
  readonly #onError: (error: AppErrorData) => void;

  constructor(onError: (error: AppErrorData) => void) {
    this.#onError = onError;
  }

  /** Adds what a screen can do until the returned function is called; the one given last has the word. */
  provide(handlers: CommandHandlers): () => void {
    // Untracked, so that an effect may provide without depending on what it changes.
    this.#provided = [...untrack(() => this.#provided), handlers];
    return () => {
      this.#provided = this.#provided.filter((other) => other !== handlers);
    };
  }

  isEnabled(id: CommandId): boolean {
    const handler = this.#find(id);
    return handler !== undefined && (handler.when?.() ?? true);
  }

  /** Runs a command if it may run; says whether it did. What it throws goes to the error listener. */
  run(id: CommandId): boolean {
    const handler = this.#find(id);
    if (!handler || !this.isEnabled(id)) return false;
    void Promise.resolve()
      .then(() => handler.run())
      .catch((cause: unknown) => this.#onError(toErrorData(cause)));
    return true;
  }

  /** As run, for an id that comes from outside the page. */
  runNamed(id: string): boolean {
    const spec = commandSpecs.find((candidate) => candidate.id === id);
    return spec !== undefined && this.run(spec.id);
  }

  #find(id: CommandId): CommandHandler | undefined {
    return this.#provided.findLast((handlers) => handlers[id] !== undefined)?.[id];
  }
}

/** The window's commands, provided by App.svelte. */
export const [useCommands, provideCommands] = createContext<CommandRegistry>();
