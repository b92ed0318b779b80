import type { AppErrorData } from '#contract/schema/error.ts';
import { words } from '#contract/words/words.ts';
import { describeError } from '../../text/describe-error.ts';
import { stripAnsi } from './parse-ansi.ts';

/** Longer lines are cut inside: the complete one is in the output. */
const maxCharacters = 300;

/** Lines that follow the reason of a failure: advice, where the log is, and what repeats that it failed. */
const aftermath =
  /^(?:note|hint|tip|help):|complete log of this run|^make(?:\[\d+\])?: \*\*\* .* Error \d+$|^exit status \d+$|returned a non-zero code|^[-=~*#\s]*$/i;
const complaint =
  /\b(?:error|err!|fatal|panic|exception|failed|cannot|can't|denied|refused|not found|no such|unable)\b|^E: |ERR!/i;

/**
 * The line of a step's last output that says why it failed: the last one that complains, else the last one that says
 * anything; null if there is none.
 */
export function findReason(lastLines: readonly string[]): string | null {
  const lines = lastLines
    .map((line) => cutInside(stripAnsi(cutInside(line, 4 * maxCharacters)).trim(), maxCharacters))
    .filter((line) => line !== '');
  const informative = lines.filter((line) => !aftermath.test(line));
  return informative.findLast((line) => complaint.test(line)) ?? informative.at(-1) ?? lines.at(-1) ?? null;
}

/** A long text without its middle: programs that run others write what is wrong at the end. */
function cutInside(text: string, length: number): string {
  const kept = length / 2;
  return text.length > length ? `${text.slice(0, kept - 1)}…${text.slice(-kept)}` : text;
}

/** Why a build failed, in a line: the reason that the step's output gives, with its exit code, else what failed. */
export function describeFailure(error: AppErrorData): string {
  const reason = error.code === 'build-step-failed' ? findReason(error.lastLines) : null;
  if (reason === null || error.code !== 'build-step-failed') return describeError(error).title;
  return error.exitCode === undefined ? reason : words.build.reasonAndCode(reason, error.exitCode);
}
