import { createContext, untrack } from 'svelte';
import { commandSpecs, type CommandId } from '#contract/commands.ts';
import type { AppErrorData } from '#contract/schema/error.ts';
import { toErrorData } from '../bridge/call.ts';

/** A command's implementation. A hidden screen provides none, which disables its commands. */
export interface CommandHandler {
  /** Returns false if the command is disabled. Default: always enabled. */
  readonly when?: () => boolean;
  readonly run: () => void | Promise<void>;
}

export type CommandHandlers = Partial<Record<CommandId, CommandHandler>>;

/**
 * The current implementation of each command. Buttons, menus, shortcuts and the palette all run commands through this
 * object.
 */
export class CommandRegistry {
  #provided = $state.raw<readonly CommandHandlers[]>([]);
  readonly #onError: (error: AppErrorData) => void;

  constructor(onError: (error: AppErrorData) => void) {
    this.#onError = onError;
  }

  /** Registers implementations until the returned function is called; the last one registered wins. */
  provide(handlers: CommandHandlers): () => void {
    // Untracked, so that an effect can register without depending on what it changes.
    this.#provided = [...untrack(() => this.#provided), handlers];
    return () => {
      this.#provided = this.#provided.filter((other) => other !== handlers);
    };
  }

  isEnabled(id: CommandId): boolean {
    const handler = this.#find(id);
    return handler !== undefined && (handler.when?.() ?? true);
  }

  /** Runs a command if it is enabled; returns whether it was. Errors go to the error listener. */
  run(id: CommandId): boolean {
    const handler = this.#find(id);
    if (!handler || !this.isEnabled(id)) return false;
    void Promise.resolve()
      .then(() => handler.run())
      .catch((cause: unknown) => this.#onError(toErrorData(cause)));
    return true;
  }

  /** Like run, for an id from outside the page. */
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
