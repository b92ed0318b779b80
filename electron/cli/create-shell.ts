import { words } from '#contract/words/words.ts';
import type { Shell } from './shell.ts';

/** What a program that runs the shell command gives it: its standard streams, and how it is interrupted. */
export type ProgramStreams = Pick<Shell, 'stdin' | 'write' | 'log' | 'columns' | 'signal'>;

/** The environment of a command that runs in this process, in its working directory. */
export function createShell(streams: ProgramStreams): Shell {
  const { log, signal } = streams;
  return {
    ...streams,
    folder: process.cwd(),
    // Loading the engine client takes as long as analyzing a small archive, which does not need it.
    openEngine: async (name) => (await import('./open-engine.ts')).openEngine({ name, env: process.env, log, signal }),
    openRegistries: async () => (await import('./open-registries.ts')).openRegistries(process.env)
  };
}

/** A reader that closed early, such as head, knows that the output is incomplete; for a full disk there is a message. */
export function failToWrite(error: NodeJS.ErrnoException, log: Shell['log']): never {
  if (error.code !== 'EPIPE') log(`slipway: ${words.cli.outputNotWritten(error.code ?? error.message)}\n`);
  process.exit(1);
}
