import { maxComparedImages, minComparedImages } from '../../domain/comparison-limits.ts';
import type { AppErrorCode, AppErrorData } from '../../schema/error.ts';
import { formatNumber } from '../../format/format-number.ts';
import { plural } from '../../format/plural.ts';
import { allPackageKinds } from './package-kinds.ts';

/** The next step in a terminal, where it differs from the one in the window; empty for none. */
const nextSteps: { readonly [C in AppErrorCode]?: (error: Extract<AppErrorData, { code: C }>) => string } = {
  'engine-none': () => 'Start Docker, Colima, Rancher Desktop or Podman, or choose an engine with --engine.',
  'engine-unreachable': () => 'Start it, or choose another engine with --engine.',
  'engine-lost': () => 'Start it, then try again.',
  'engine-failed': () => '',
  'image-not-found': () => 'Check its name, or choose another engine with --engine.',
  'archive-image-unknown': (e) => `Choose one with --image: ${e.images.join(', ')}.`,
  'platform-not-found': (e) => `Choose one with --platform: ${e.platforms.join(', ')}.`,
  'rules-invalid': () => 'Fix this rule.',
  'registry-not-signed-in': (e) => `Sign in with "docker login ${e.host}".`,
  'registry-login-expired': (e) => `Sign in again with "docker login ${e.host}".`,
  'registry-denied': (e) => `Sign in with another account with "docker login ${e.host}".`,
  'registry-failed': (e) => (e.status === 404 ? 'Check its name and tag.' : ''),
  'registry-unreachable': () => 'Check your network and the registry name, then try again.',
  'credential-store-unavailable': () => ''
};

/** Help and messages of the shell command. Help wraps to the terminal's 80 columns by itself. */
export const cli = {
  summary: 'Analyze and compare container images.',
  usage: 'Usage:',
  commandPlaceholder: 'COMMAND',
  optionsPlaceholder: '[OPTIONS]',
  headings: { commands: 'Commands:', options: 'Options:', exitStatus: 'Exit status:' },
  moreHelp: "Run 'slipway COMMAND --help' for help on a command.",
  help: 'Show help and exit',
  version: 'Show the version and exit',
  helpCommand: 'Show help for a command',
  /** What stands for the value of an option or for an argument in help. */
  values: { file: 'FILE', platform: 'OS/ARCH', image: 'IMAGE', engine: 'ENGINE', shell: 'SHELL' },
  commands: {
    analyze: {
      summary: 'Show the layers, files and wasted space of an image',
      description: [
        'Shows the layers of an image, what each of them adds, changes and removes, and how much space is wasted on files that later layers replace or remove.',
        'IMAGE is an image in the engine that docker uses, an archive (as written by "docker save" and other tools), a directory with an OCI image layout, or "-" for an archive on standard input.'
      ],
      options: {
        json: 'Print the report as JSON',
        ci: 'Exit with status 1 if a rule fails',
        'ci-config':
          'Read the rules from FILE (default: .dive-ci in the current directory, or the default rules of dive)',
        platform: 'Select the platform of a multi-platform image, for example linux/arm64',
        image: 'Select the image of an archive that contains several, for example alice/app:1',
        engine:
          'Use this engine: the name of a Docker context, or an address such as unix:///run/docker.sock (default: the engine that docker uses)'
      }
    },
    compare: {
      summary: 'Compare images and show what differs',
      description: [
        `Compares ${minComparedImages} to ${maxComparedImages} images with the first one and shows what differs, as Markdown.`,
        'IMAGE is an image in the engine that docker uses, an archive (as written by "docker save" and other tools), a directory with an OCI image layout, or "-" for an archive on standard input.',
        'It can also be docker://REFERENCE, an image in a registry. Such an image is not pulled. Its sizes are compressed sizes, unless another compared image has its layers or --fetch downloads them. Logins saved by Slipway and by docker are used.'
      ],
      options: {
        json: 'Print the report as JSON',
        fetch: 'Download the layers that no other compared image has',
        packages: `Also compare packages installed by ${allPackageKinds}; reads the images twice`,
        contents: 'Also compare the contents of files of the same size; reads the images twice',
        platform: 'Select the platform of multi-platform images, for example linux/arm64',
        engine:
          'Use this engine: the name of a Docker context, or an address such as unix:///run/docker.sock (default: the engine that docker uses)'
      }
    },
    completion: {
      summary: 'Print a completion script for a shell',
      description: [
        'Prints a script that completes slipway commands, options and files. SHELL is bash, zsh or fish.',
        'To load it in the current shell, run "source <(slipway completion bash)" in bash, "source <(slipway completion zsh)" in zsh or "slipway completion fish | source" in fish.'
      ],
      options: {}
    }
  },
  exitStatus: {
    '0': 'Success',
    '1': 'A rule failed (only with --ci), or the output could not be written',
    '2': 'Invalid usage, or an image could not be read',
    '130': 'Interrupted'
  },
  nextSteps,
  /** One line: what is wrong, and how to get help. */
  usageError: (program: string, problem: string, help: string) => `${program}: ${problem}. Run '${help}' for help.`,
  unknownCommand: (name: string) => `unknown command '${name}'`,
  unknownOption: (option: string) => `unknown option '${option}'`,
  optionNeedsValue: (option: string) => `option '${option}' requires a value`,
  optionTakesNoValue: (option: string) => `option '${option}' does not take a value`,
  missingArgument: (name: string) => `missing argument ${name}`,
  tooManyArguments: (argument: string) => `unexpected argument '${argument}'`,
  imageCount: (min: number, max: number) => `expected ${min} to ${max} images`,
  unknownShell: (name: string, known: string) => `unknown shell '${name}'; expected ${known}`,
  registryNotAnalyzed: 'images in a registry can only be compared',
  stdinReadOnce: 'standard input can be read only once; use files with --packages and --contents',
  standardInput: 'standard input',
  unknownEngine: (name: string, known: string) =>
    known === '' ? `unknown engine '${name}'` : `unknown engine '${name}'; found ${known}`,
  usingEngine: (name: string, address: string) => `Using ${name} (${address})`,
  outputNotWritten: (reason: string) => `the output could not be written (${reason})`,
  waitingForEngine: 'Waiting for the engine to export the image',
  readProgress: (readMegabytes: number, totalMegabytes: number | null) =>
    totalMegabytes === null
      ? `Read ${formatNumber(readMegabytes)} MB`
      : `Read ${formatNumber(readMegabytes)} of ${formatNumber(totalMegabytes)} MB`,
  readingAgain: (image: string) => `Reading ${image} again`,
  report: {
    size: 'Size',
    sizeOf: (size: string, layers: number, files: number) => {
      const layerCount = plural(layers, { one: '# layer', other: '# layers' });
      return `${size} in ${layerCount}, ${plural(files, { one: '# file', other: '# files' })}`;
    },
    efficiency: 'Efficiency',
    removable: 'Removable',
    hidden: 'Hidden',
    hiddenOf: (size: string) => `${size}, overwritten or deleted in a later layer`,
    wasted: 'dive counts',
    wastedOf: (size: string, share: string) => `${size} wasted, ${share} what is above the first layer`,
    layerColumns: ['#', 'Size', 'Added', 'Modified', 'Removed', 'Created by'],
    savingColumns: ['Bytes', 'Layer', 'Removable'],
    saving: (path: string, title: string) => `${path} (${title})`,
    pathColumns: ['Times', 'Bytes', 'Path in several layers'],
    morePaths: (count: number) => `and ${formatNumber(count)} more`,
    outcomes: { passed: 'pass', failed: 'FAIL', disabled: 'skip' },
    bytes: (bytes: number) => `${bytes} bytes`,
    limit: (actual: string, threshold: string) => `${actual}, limit ${threshold}`,
    disabled: 'disabled'
  }
};
