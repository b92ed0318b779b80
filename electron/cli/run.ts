import { words } from '#contract/words/words.ts';
import { Cancelled, toErrorData } from '#core/util/app-error.ts';
import { version } from '../../package.json';
import type { Command } from './command.ts';
import { commands } from './commands.ts';
import { parseCommandLine } from './parse-command-line.ts';
import { printError } from './print/print-error.ts';
import { printCommandHelp, printHelp } from './print/print-help.ts';
import { replaceControls } from './print/replace-controls.ts';
import type { Shell } from './shell.ts';
import { UsageError } from './usage-error.ts';

const invalidUsage = 2;

/** Runs the shell command and returns its exit status. Every error is written as text, never as a stack trace. */
export async function run(argv: readonly string[], shell: Shell): Promise<number> {
  const [name, ...args] = argv;
  if (name === undefined || name === '--help' || name === '-h') return write(shell, printHelp(commands));
  if (name === '--version' || name === '-v') return write(shell, `slipway ${version}\n`);
  if (name === 'help') return help(args[0], shell);
  const command = commands.find((one) => one.name === name);
  if (command === undefined) return refuseName(name, shell);
  try {
    const parsed = parseCommandLine(command, args);
    if (parsed === 'help') return write(shell, printCommandHelp(command));
    return await command.run(parsed, shell, commands);
  } catch (error) {
    if (error instanceof Cancelled) return 130;
    if (error instanceof UsageError) return refuse(error.message, shell, command);
    shell.log(printError(toErrorData(error)));
    return 2;
  }
}

function help(name: string | undefined, shell: Shell): number {
  if (name === undefined) return write(shell, printHelp(commands));
  const command = commands.find((one) => one.name === name);
  return command === undefined ? refuseName(name, shell) : write(shell, printCommandHelp(command));
}

function write(shell: Shell, text: string): number {
  shell.write(text);
  return 0;
}

function refuseName(name: string, shell: Shell): number {
  const { unknownCommand, unknownOption } = words.cli;
  return refuse(name.startsWith('-') ? unknownOption(name) : unknownCommand(name), shell);
}

function refuse(problem: string, shell: Shell, command?: Command): number {
  const program = command === undefined ? 'slipway' : `slipway ${command.name}`;
  shell.log(`${replaceControls(words.cli.usageError(program, problem, `${program} --help`))}\n`);
  return invalidUsage;
}
