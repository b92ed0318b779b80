import { words } from '#contract/words/words.ts';
import type { Command, OptionSpec } from '../command.ts';
import { wrapText } from './wrap-text.ts';

const WIDTH = 80;

/** A term and its meaning: one row of a list in the help. */
type HelpRow = readonly [term: string, meaning: string];

/** The help of `slipway --help`: usage, the commands, and the global options. */
export function printHelp(commands: readonly Command[]): string {
  const { cli } = words;
  const rows = commands.map(({ name }): HelpRow => [name, cli.commands[name].summary]);
  return join([
    [`${cli.usage} slipway ${cli.commandPlaceholder} ${cli.optionsPlaceholder}`],
    [cli.summary],
    [cli.headings.commands, ...list([...rows, ['help', cli.helpCommand]])],
    [cli.headings.options, ...list([helpRow(), ['-v, --version', cli.version]])],
    [cli.moreHelp]
  ]);
}

/** The help of `slipway COMMAND --help`: usage, description, options and exit status. */
export function printCommandHelp({ name, options, operands, exitStatuses }: Command): string {
  const { cli } = words;
  const text = cli.commands[name];
  const meanings: Readonly<Record<string, string>> = text.options;
  const rows = Object.entries(options).map(([option, spec]): HelpRow => [
    `    --${option}${valueOf(spec)}`,
    meanings[option] ?? ''
  ]);
  const statuses = exitStatuses.map((status): HelpRow => [status, cli.exitStatus[status]]);
  const operand = Array<string>(operands.min).fill(cli.values[operands.name]).join(' ');
  const more = operands.max > operands.min ? ' ...' : '';
  return join([
    [`${cli.usage} slipway ${name} ${cli.optionsPlaceholder} ${operand}${more}`],
    ...text.description.map((paragraph) => wrapText(paragraph, WIDTH)),
    [cli.headings.options, ...list([...rows, helpRow()])],
    [cli.headings.exitStatus, ...list(statuses)]
  ]);
}

const helpRow = (): HelpRow => ['-h, --help', words.cli.help];

const valueOf = (spec: OptionSpec): string => (spec.type === 'string' ? ` ${words.cli.values[spec.value]}` : '');

/** Terms in one column, their meanings wrapped in the next. */
function list(rows: readonly HelpRow[]): string[] {
  const indent = Math.max(...rows.map(([term]) => term.length)) + 4;
  return rows.flatMap(([term, meaning]) =>
    wrapText(meaning, WIDTH - indent).map((line, at) => (at === 0 ? `  ${term}` : '').padEnd(indent) + line)
  );
}

/** Sections with a blank line between them. */
function join(sections: readonly (readonly string[])[]): string {
  return `${sections.map((lines) => lines.join('\n')).join('\n\n')}\n`;
}
