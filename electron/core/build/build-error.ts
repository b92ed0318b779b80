import { AppError, Cancelled } from '../util/app-error.ts';
import type { BuildStep } from '#contract/schema/build.ts';
import type { ParsedDockerfile } from '#dockerfile/parse/parse-dockerfile.ts';
import { cleanDetail } from '../util/clean-detail.ts';
import { baseImages } from './base-images.ts';
import { toPullError } from './pull-error.ts';

/** A builder's own sentence, and what is known of the moment at which it said it. */
export interface BuildFailure {
  readonly text: string;
  /** Of errorDetail.code, which only the classic builder gives. */
  readonly exitCode: number | null;
  readonly step: BuildStep | null;
  readonly lastLines: string[];
}

export interface BuildFrame {
  readonly dockerfile: ParsedDockerfile;
  /** Path of the Dockerfile in the context. */
  readonly dockerfilePath: string;
  readonly target: string | null;
  /** Whether a login was sent to this registry. */
  signedIn(host: string): boolean;
}

const lineField = (line: number | null | undefined): { line?: number } => (line == null ? {} : { line });

/** What all builders (BuildKit of 20.10 and newer, Docker's classic, Podman) say of a failed build, as one of our codes. */
export function toBuildError(failure: BuildFailure, frame: BuildFrame): AppError {
  return (
    toFrameError(failure.text, frame) ??
    toSyntaxError(failure.text, frame.dockerfile) ??
    toStepError(failure) ??
    toMissingFile(failure) ??
    toPullError(failure.text, failure.step, baseImages(frame.dockerfile), frame) ??
    toFailedRun(failure) ??
    new AppError('build-failed', { ...lineField(failure.step?.line), detail: cleanDetail(failure.text) })
  );
}

/** An error that ended the build from outside: one of the engine's passes, a refusal of the request is read as above. */
export function toBuildRequestError(thrown: unknown, frame: BuildFrame): unknown {
  if (thrown instanceof Cancelled || !(thrown instanceof AppError) || thrown.data.code !== 'engine-failed')
    return thrown;
  const { detail } = thrown.data;
  if (typeof detail !== 'string') return thrown;
  const failure = { text: detail, exitCode: null, step: null, lastLines: [] };
  const read = toBuildError(failure, frame);
  return read.data.code === 'build-failed' ? thrown : read;
}

function toFrameError(text: string, frame: BuildFrame): AppError | null {
  if (/no space left on device/i.test(text)) return new AppError('engine-disk-full', {});
  if (/target (?:stage )?"?[^"\s]+"? (?:could not be|was not) found|failed to reach build target/i.test(text)) {
    return new AppError('build-target-unknown', { target: frame.target ?? '' });
  }
  const unread = /cannot locate specified dockerfile|failed to read dockerfile|lstat \S*dockerfile\S*: no such file/i;
  const unreadByPodman = /stat \S*(?:dockerfile|containerfile)\S*: no such file/i;
  if (unread.test(text) || unreadByPodman.test(text)) {
    return new AppError('build-file-not-found', { path: frame.dockerfilePath });
  }
  return null;
}

function toSyntaxError(text: string, dockerfile: ParsedDockerfile): AppError | null {
  const parsed = /(?:dockerfile )?parse error(?: on)? line (\d+): ([^]*)/i.exec(text);
  if (parsed !== null) {
    return new AppError('dockerfile-syntax', { line: Number(parsed[1]), detail: cleanDetail(parsed[2] ?? '') });
  }
  const unknown = /unknown instruction:? "?([^\s"]+)"?/i.exec(text)?.[1]?.toUpperCase();
  if (unknown !== undefined) {
    const named = dockerfile.instructions.filter(({ keyword }) => keyword === unknown);
    const line = named.length === 1 ? named[0]?.line : null;
    return new AppError('dockerfile-syntax', {
      ...lineField(line),
      detail: { reason: 'unknown-instruction', instruction: unknown }
    });
  }
  const other =
    /dockerfile (?:\(\S*\) )?(?:parse error|cannot be empty)|no build stage in current context|no from statement found|no stages to build|file with no instructions|circular dependency|requires (?:either|at least|exactly) \w+ (?:or \w+ )?argument|failed to process "|failed to parse stage name "|while replacing arg variables|unknown flag: --?/i;
  if (!other.test(text)) return null;
  return new AppError('dockerfile-syntax', { ...lineField(findQuoted(text, dockerfile)), detail: cleanDetail(text) });
}

/** The line of the word that the builder quotes, where just one instruction has it. */
function findQuoted(text: string, dockerfile: ParsedDockerfile): number | null {
  const quoted = /(?:failed to (?:process|parse stage name)|for format) "((?:[^"\\]|\\.)*)"/.exec(text)?.[1];
  const word = quoted?.replace(/\\(.)/g, '$1') ?? '';
  if (word === '') return null;
  const named = dockerfile.instructions.filter(({ argumentsText }) => argumentsText.includes(word));
  return named.length === 1 ? (named[0]?.line ?? null) : null;
}

/** A RUN that ended with a code; the classic builder's code also stands for a COPY that failed, as 0 or 1 without saying so. */
function toStepError(failure: BuildFailure): AppError | null {
  const exitCodeText = /(?:exit code|non-zero code|exit status):? (\d+)/.exec(failure.text)?.[1];
  if (exitCodeText === undefined && failure.exitCode === null) return null;
  // An error of the command itself: the engine reports only its exit code.
  if (failure.lastLines.some((line) => /no space left on device/i.test(line)))
    return new AppError('engine-disk-full', {});
  return stepFailed(failure, exitCodeText === undefined ? failure.exitCode : Number(exitCodeText));
}

function toFailedRun(failure: BuildFailure): AppError | null {
  return /^RUN\b/i.test(failure.step?.name ?? '') ? stepFailed(failure, null) : null;
}

function stepFailed({ step, lastLines, text }: BuildFailure, exitCode: number | null): AppError {
  const command = /(?:command '|running \[|process "|STEP ")(.+?)(?:' returned|\]: |" did not|": )/s.exec(text)?.[1];
  return new AppError('build-step-failed', {
    instruction: step?.name ?? command ?? 'RUN',
    ...lineField(step?.line),
    ...(exitCode === null ? {} : { exitCode }),
    // An engine that could not even start the command leaves no output; then its own words are all there is.
    lastLines: lastLines.length > 0 || exitCode !== null ? lastLines : [cleanDetail(text)]
  });
}

const missingFilePatterns = [
  /excluded by \.dockerignore: stat (.+?): (?:file does not exist|no such file)/,
  /failed to compute cache key: .*?"([^"]+)":? not found/s,
  /(?:COPY|ADD) failed: .*?stat (.+?): (?:file does not exist|no such file)/s,
  /(?:COPY|ADD) [^]*copier: stat: "([^"]+)": no such file/,
  /no items matching glob "([^"]+)" copied/,
  /lstat \S*\/buildkit-mount\d+\/(.+?): no such file or directory/
];

function toMissingFile({ text, step }: BuildFailure): AppError | null {
  if (/^(?:RUN|FROM)\b/i.test(step?.name ?? '')) return null;
  for (const pattern of missingFilePatterns) {
    const path = pattern.exec(text)?.[1];
    if (path !== undefined) {
      return new AppError('build-file-not-found', { path: asWritten(path, step), ...lineField(step?.line) });
    }
  }
  return null;
}

/** Some builders name only the folder that is missing on the way; the instruction names the whole path. */
function asWritten(path: string, step: BuildStep | null): string {
  const missing = path.replace(/^(?:\.?\/)+/, '');
  const sources = (step?.name ?? '').split(/\s+/).map((word) => word.replace(/^["[]*(?:\.?\/)*|["\],]*$/g, ''));
  return sources.slice(1, -1).find((source) => source.startsWith(`${missing}/`)) ?? missing;
}
