import type { Command } from './command.ts';
import { analyze } from './commands/analyze.ts';
import { compare } from './commands/compare.ts';
import { completion } from './commands/completion.ts';

/** Every command, in the order of the help. resources/package/slipway-command lists them too. */
export const commands: readonly Command[] = [analyze, compare, completion];
