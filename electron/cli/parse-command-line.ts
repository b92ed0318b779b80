import { parseArgs } from 'node:util';
import { words } from '#contract/words/words.ts';
import type { Arguments, Command } from './command.ts';
import { UsageError } from './usage-error.ts';

/**
 * Parses the arguments of a command by its tables; "--" ends the options and "-" is an operand. Returns 'help' if help
 * is requested, whatever else is given. Throws UsageError.
 */
export function parseCommandLine(command: Command, args: readonly string[]): Arguments | 'help' {
  const { tokens } = parseArgs({
    args: [...args],
    options: { ...toParseOptions(command), help: { type: 'boolean', short: 'h' } },
    strict: false,
    allowPositionals: true,
    tokens: true
  });
  if (tokens.some((token) => token.kind === 'option' && token.name === 'help')) return 'help';
  const options: Record<string, string | boolean | undefined> = {};
  for (const [name, { type }] of Object.entries(command.options))
    options[name] = type === 'boolean' ? false : undefined;
  for (const token of tokens) {
    if (token.kind !== 'option') continue;
    const { name, rawName, value } = token;
    const spec = Object.hasOwn(command.options, name) ? command.options[name] : undefined;
    if (spec === undefined) throw new UsageError(words.cli.unknownOption(rawName));
    if (spec.type === 'boolean' && value !== undefined) throw new UsageError(words.cli.optionTakesNoValue(rawName));
    if (spec.type === 'string' && !value) throw new UsageError(words.cli.optionNeedsValue(rawName));
    options[name] = value ?? true;
  }
  const operands = tokens.flatMap((token) => (token.kind === 'positional' ? [token.value] : []));
  checkCount(command, operands);
  return { options, operands };
}

/** Only options with a value may take the next argument; the specs have more fields than parseArgs accepts. */
function toParseOptions(command: Command): Record<string, { type: 'boolean' | 'string' }> {
  return Object.fromEntries(Object.entries(command.options).map(([name, { type }]) => [name, { type }]));
}

function checkCount({ operands: { name, min, max } }: Command, operands: readonly string[]): void {
  const { cli } = words;
  if (operands.length >= min && operands.length <= max) return;
  if (max > 1) throw new UsageError(cli.imageCount(min, max));
  const extra = operands[max];
  throw new UsageError(extra === undefined ? cli.missingArgument(cli.values[name]) : cli.tooManyArguments(extra));
}
