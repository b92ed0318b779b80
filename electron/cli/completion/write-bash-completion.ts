import type { Command } from '../command.ts';

/**
 * A bash script that completes the command line. If it offers nothing, bash completes files by itself, except for a
 * value that is not a file. It runs on bash 3.2 (macOS) too.
 */
export function writeBashCompletion(commands: readonly Command[]): string {
  const names = [...commands.map(({ name }) => name), 'help'].join(' ');
  return `# bash completion for slipway. To load it: source <(slipway completion bash)
_slipway() {
  local current=\${COMP_WORDS[COMP_CWORD]} previous=\${COMP_WORDS[COMP_CWORD - 1]}
  COMPREPLY=()
  if [[ $COMP_CWORD -eq 1 ]]; then
    COMPREPLY=($(compgen -W '${names} --help --version' -- "$current"))
    return
  fi
  case \${COMP_WORDS[1]} in
${commands.map(writeCommand).join('\n')}
    help)
      COMPREPLY=($(compgen -W '${commands.map(({ name }) => name).join(' ')}' -- "$current"))
      ;;
  esac
}
complete -o default -F _slipway slipway
`;
}

function writeCommand({ name, options, operands }: Command): string {
  const names = Object.keys(options).map((option) => `--${option}`);
  const lines = [
    `    ${name})`,
    ...valueLines(options),
    '      if [[ $current == -* ]]; then',
    `        COMPREPLY=($(compgen -W '${[...names, '--help'].join(' ')}' -- "$current"))`
  ];
  if (operands.completion !== 'files') {
    lines.push('      else', `        COMPREPLY=($(compgen -W '${operands.completion.join(' ')}' -- "$current"))`);
  }
  return [...lines, '      fi', '      ;;'].join('\n');
}

/** After an option with a value: files for a file, else no candidates. */
function valueLines(options: Command['options']): string[] {
  const valued = Object.entries(options).flatMap(([option, spec]) =>
    spec.type === 'string' ? [{ option, isFile: spec.value === 'file' }] : []
  );
  if (valued.length === 0) return [];
  const cases = valued.map(({ option, isFile }) =>
    isFile ? `        --${option}) return ;;` : `        --${option}) compopt +o default 2>/dev/null; return ;;`
  );
  return ['      case $previous in', ...cases, '      esac'];
}
