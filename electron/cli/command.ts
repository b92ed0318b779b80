import type { words } from '#contract/words/words.ts';
import type { Shell } from './shell.ts';

type CommandWords = (typeof words)['cli']['commands'];
export type CommandName = keyof CommandWords;
type ExitStatus = keyof (typeof words)['cli']['exitStatus'];
type ValueName = keyof (typeof words)['cli']['values'];

/** A flag, or an option with a value that help names by `value`. */
export type OptionSpec =
  { readonly type: 'boolean' } | { readonly type: 'string'; readonly value: Exclude<ValueName, 'shell'> };
export type OptionTable = Readonly<Record<string, OptionSpec>>;

/** A command's options: one entry for each option, with its help text. */
export type OptionsOf<Name extends CommandName> = Readonly<Record<keyof CommandWords[Name]['options'], OptionSpec>>;

/** The arguments that are not options. */
export interface OperandSpec {
  readonly name: Extract<ValueName, 'image' | 'shell'>;
  readonly min: number;
  readonly max: number;
  /** Candidates for completion: files, or one of these words. */
  readonly completion: 'files' | readonly string[];
}

type OptionValue<Spec extends OptionSpec> = Spec extends { readonly type: 'boolean' } ? boolean : string | undefined;

/** The values given for each option: undefined if an option with a value is absent. */
export type OptionValues<Options extends OptionTable> = {
  readonly [Name in keyof Options]: OptionValue<Options[Name]>;
};

export interface Arguments<Options extends OptionTable = OptionTable> {
  readonly options: OptionValues<Options>;
  readonly operands: readonly string[];
}

/** A command of the shell command. Help, parsing and completion derive from its tables. */
export interface Command<Options extends OptionTable = OptionTable> {
  readonly name: CommandName;
  readonly options: Options;
  readonly operands: OperandSpec;
  /** The exit statuses that its help lists. */
  readonly exitStatuses: readonly ExitStatus[];
  /** Returns the exit status. `commands` are all commands. Throws UsageError, and what the command's work throws. */
  run(args: Arguments<Options>, shell: Shell, commands: readonly Command[]): Promise<number>;
}
