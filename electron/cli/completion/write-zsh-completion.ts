import { words } from '#contract/words/words.ts';
import type { Command, OptionSpec } from '../command.ts';

/** A zsh script that completes the command line: to be sourced, or installed as _slipway in a directory of $fpath. */
export function writeZshCompletion(commands: readonly Command[]): string {
  const { cli } = words;
  const entries = [
    ...commands.map(({ name }): [string, string] => [name, cli.commands[name].summary]),
    ['help', cli.helpCommand] as const
  ];
  const named = entries.map(([name, summary]) => `        ${quote(`${name}:${summary.replaceAll(':', '\\:')}`)}`);
  return `#compdef slipway
_slipway() {
  local context state state_descr line
  typeset -A opt_args
  _arguments -C \\
    '(- *)'{-h,--help}${quote(bracket(cli.help))} \\
    '(- *)'{-v,--version}${quote(bracket(cli.version))} \\
    '1:command:->command' '*::argument:->arguments'
  case $state in
    command)
      local -a commands
      commands=(
${named.join('\n')}
      )
      _describe command commands
      ;;
    arguments)
      case $words[1] in
${commands.map(writeCommand).join('\n')}
        help)
          _arguments '1:command:(${commands.map(({ name }) => name).join(' ')})'
          ;;
      esac
      ;;
  esac
}
if [[ $funcstack[1] == _slipway ]]; then
  _slipway "$@"
else
  compdef _slipway slipway
fi
`;
}

function writeCommand({ name, options, operands }: Command): string {
  const meanings: Readonly<Record<string, string>> = words.cli.commands[name].options;
  const specs = Object.entries(options).map(([option, spec]) =>
    quote(`--${option}${spec.type === 'string' ? '=' : ''}${bracket(meanings[option] ?? '')}${valueOf(spec)}`)
  );
  const action = operands.completion === 'files' ? '_files' : `(${operands.completion.join(' ')})`;
  const last = quote(`${operands.max === 1 ? '1' : '*'}:${operands.name}:${action}`);
  const all = [`'(- *)'{-h,--help}${quote(bracket(words.cli.help))}`, ...specs, last];
  return `        ${name})\n          _arguments ${all.join(' \\\n            ')}\n          ;;`;
}

function valueOf(spec: OptionSpec): string {
  if (spec.type === 'boolean') return '';
  return spec.value === 'file' ? ':file:_files' : `:${spec.value}: `;
}

/** Escapes a description for _arguments. */
function bracket(text: string): string {
  return `[${text.replace(/[[\]\\]/g, '\\$&')}]`;
}

/** Single quotes of a POSIX shell. */
function quote(text: string): string {
  return `'${text.replaceAll("'", String.raw`'\''`)}'`;
}
