import { maxComparedImages, minComparedImages } from '#contract/domain/comparison-limits.ts';
import { words } from '#contract/words/words.ts';
import type { AppErrorCode, AppErrorData } from '#contract/schema/error.ts';
import type { ErrorWords } from '#contract/words/en/errors.ts';
import { Cancelled, toErrorData } from '#core/util/app-error.ts';
import { analyze } from './analyze.ts';
import { compare } from './compare.ts';
import { parseArguments } from './parse-arguments.ts';
import type { Shell } from './shell.ts';

const HELP = `Usage: slipway analyze IMAGE [--json] [--ci] [--ci-config FILE] [--platform OS/ARCH]
       slipway compare IMAGE IMAGE ... [--fetch] [--packages] [--contents] [--json] [--platform OS/ARCH]

IMAGE is an image of the engine that docker uses, a file that "docker save" or another tool wrote, a folder that is an
OCI layout, or "-" for an archive on the standard input.

compare compares the first of ${minComparedImages} to ${maxComparedImages} images with the others and prints what differs as Markdown. Here IMAGE may
also be docker://REFERENCE, an image that stays in its registry: it is not pulled, and its sizes are compressed ones
unless its layers are those of another image named, or are fetched. The logins of the app and of docker are used.

  --packages        compare also what ${words.compare.packages.kindList} installed; reads the images once more
  --contents        compare also the content of files of the same size; reads the images once more
  --json            print the report as JSON
  --fetch           fetch the layers that no other image has
  --ci              exit with 1 when one of the rules fails
  --ci-config FILE  the rules; otherwise .dive-ci of this folder, or dive's own defaults
  --platform        which image of several, for instance linux/arm64

Exit status: 0 done, 1 a rule failed (--ci), 2 the image could not be read, 130 interrupted.
`;

/** Runs the shell command and answers its exit status. Everything that goes wrong is told in words, never as a stack. */
export async function run(argv: readonly string[], shell: Shell): Promise<number> {
  const command = parseArguments(argv);
  if (command.kind === 'help') {
    shell.write(HELP);
    return 0;
  }
  if (command.kind === 'invalid') {
    shell.log(`${command.reason}\n\n${HELP}`);
    return 2;
  }
  try {
    return await (command.kind === 'compare' ? compare(command, shell) : analyze(command, shell));
  } catch (error) {
    if (error instanceof Cancelled) return 130;
    shell.log(explain(toErrorData(error)));
    return 2;
  }
}

function explain(data: AppErrorData): string {
  const errorWords = words.errors[data.code] as ErrorWords<AppErrorCode>;
  const detail = 'detail' in data && data.detail !== '' ? ` (${data.detail})` : '';
  return `${errorWords.title(data)}${detail}\n${errorWords.next(data)}\n`.replace(/[^\P{Cc}\n]/gu, '?');
}
