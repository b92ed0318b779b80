import { words } from '#contract/words/words.ts';
import type { Command, OptionSpec } from '../command.ts';

/** A fish script that completes the command line. */
export function writeFishCompletion(commands: readonly Command[]): string {
  const { cli } = words;
  const first = [
    ...commands.map(({ name }) => `-a ${name} -d ${quote(cli.commands[name].summary)}`),
    `-a help -d ${quote(cli.helpCommand)}`,
    `-s v -l version -d ${quote(cli.version)}`
  ];
  const lines = [
    '# fish completion for slipway. To load it: slipway completion fish | source',
    `complete -c slipway -s h -l help -d ${quote(cli.help)}`,
    ...first.map((entry) => `complete -c slipway -n __fish_use_subcommand ${entry}`),
    ...commands.flatMap(writeCommand),
    `${whenAfter('help')} -f -a ${quote(commands.map(({ name }) => name).join(' '))}`
  ];
  return `${lines.join('\n')}\n`;
}

function writeCommand({ name, options, operands }: Command): string[] {
  const meanings: Readonly<Record<string, string>> = words.cli.commands[name].options;
  const lines = Object.entries(options).map(
    ([option, spec]) => `${whenAfter(name)} -l ${option}${valueFlags(spec)} -d ${quote(meanings[option] ?? '')}`
  );
  if (operands.completion === 'files') return lines;
  return [...lines, `${whenAfter(name)} -f -a ${quote(operands.completion.join(' '))}`];
}

const whenAfter = (name: string): string => `complete -c slipway -n '__fish_seen_subcommand_from ${name}'`;

/** -r: a value is required; -F: files complete it; -x: nothing does. */
function valueFlags(spec: OptionSpec): string {
  if (spec.type === 'boolean') return '';
  return spec.value === 'file' ? ' -r -F' : ' -x';
}

/** Single quotes of fish: only the quote and the backslash need a backslash. */
function quote(text: string): string {
  return `'${text.replace(/['\\]/g, '\\$&')}'`;
}
