import { words } from '#contract/words/words.ts';
import type { Command, OptionsOf } from '../command.ts';
import { writeBashCompletion } from '../completion/write-bash-completion.ts';
import { writeFishCompletion } from '../completion/write-fish-completion.ts';
import { writeZshCompletion } from '../completion/write-zsh-completion.ts';
import { UsageError } from '../usage-error.ts';

const options = {} as const satisfies OptionsOf<'completion'>;

const writers = new Map<string, (commands: readonly Command[]) => string>([
  ['bash', writeBashCompletion],
  ['zsh', writeZshCompletion],
  ['fish', writeFishCompletion]
]);

/** `slipway completion`: prints the completion script of a shell. Throws UsageError for an unknown shell. */
export const completion: Command<typeof options> = {
  name: 'completion',
  options,
  operands: { name: 'shell', min: 1, max: 1, completion: [...writers.keys()] },
  exitStatuses: ['0', '2'],
  run: ({ operands: [name = ''] }, shell, commands) => {
    const write = writers.get(name);
    if (write === undefined) {
      return Promise.reject(new UsageError(words.cli.unknownShell(name, [...writers.keys()].join(', '))));
    }
    shell.write(write(commands));
    return Promise.resolve(0);
  }
};
