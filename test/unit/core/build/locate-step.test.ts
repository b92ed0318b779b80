import { describe, expect, it } from 'vitest';
import { parseDockerfile } from '#dockerfile/parse/parse-dockerfile.ts';
import { readStepName } from '#core/build/buildkit-steps.ts';
import { StepLocator } from '#core/build/locate-step.ts';

/** The line of each of these steps of one build, as BuildKit names them. */
function locate(text: string, names: readonly string[]): (number | null)[] {
  const locator = new StepLocator(parseDockerfile(text));
  const steps = names.map((name) => {
    const step = readStepName(name);
    if (step === null) throw new Error(`${name} is no step`);
    return step;
  });
  for (const step of steps) locator.note(step);
  return steps.map((step) => locator.locateBuildKit(step));
}

describe('readStepName', () => {
  it.each([
    ['[1/2] FROM a', { stage: null, number: 1, text: 'FROM a' }],
    ['[ 6/12] RUN a', { stage: null, number: 6, text: 'RUN a' }],
    ['[  6/100] RUN a', { stage: null, number: 6, text: 'RUN a' }],
    ['[build 10/12] RUN a', { stage: 'build', number: 10, text: 'RUN a' }],
    ['[build  3/12] RUN a', { stage: 'build', number: 3, text: 'RUN a' }],
    ['[stage-1  3/12] RUN a', { stage: 'stage-1', number: 3, text: 'RUN a' }],
    ['[linux/amd64 3/4] RUN a', { stage: null, number: 3, text: 'RUN a' }],
    ['[linux/arm64/v8 build  3/12] RUN a', { stage: 'build', number: 3, text: 'RUN a' }],
    ['[linux/amd64->arm64 build 3/4] RUN a\nb', { stage: 'build', number: 3, text: 'RUN a\nb' }],
    ['[internal] load metadata for docker.io/library/a:1', null],
    ['exporting to image', null],
    ['[1/2', null]
  ])('reads %j', (name, step) => {
    expect(readStepName(name)).toEqual(step);
  });
});

describe('StepLocator', () => {
  it('finds steps by their text, whatever their numbers', () => {
    const text = 'FROM a\nENV X=1\nRUN one\nWORKDIR /\nWORKDIR /w\nCOPY --from=0 "b c" /d\nRUN two $X\n';
    const names = ['[1/6] FROM docker.io/library/a:1@sha256:0', '[2/6] RUN one', '[3/6] WORKDIR /w'];
    expect(locate(text, [...names, '[4/6] COPY --from=0 b c /d', '[5/6] RUN two 1'])).toEqual([1, 3, 5, 6, 7]);
    expect(locate(text, ['[9/9] RUN two 1'])).toEqual([7]);
  });

  it('has no line for a text that is of no instruction', () => {
    expect(locate('FROM a\nRUN one\nRUN two\n', ['[1/3] FROM a', '[3/3] RUN three'])).toEqual([1, null]);
    expect(locate('FROM a\nRUN one\nFROM b\nRUN two\n', ['[stage-1 2/2] RUN one'])).toEqual([null]);
    expect(locate('FROM a AS x\nRUN one\n', ['[y 2/2] RUN one'])).toEqual([null]);
  });

  it('distinguishes equal instructions by their numbers', () => {
    const text = 'FROM a\nRUN same\nRUN other\nRUN same\n';
    const names = ['[1/4] FROM a', '[2/4] RUN same', '[3/4] RUN other', '[4/4] RUN same'];
    expect(locate(text, names)).toEqual([1, 2, 3, 4]);
  });

  it('puts what the base image held back on its FROM, also with the text of an own instruction', () => {
    const text = 'FROM a\nRUN same\nRUN other\n';
    const old = ['[1/3] FROM a', '[2/3] WORKDIR /src', '[3/3] RUN same', '[4/3] RUN same', '[5/3] RUN other'];
    expect(locate(text, old)).toEqual([1, 1, 1, 2, 3]);
    const current = [
      '[1/6] FROM a',
      '[2/6] ONBUILD WORKDIR /src',
      '[3/6] ONBUILD RUN same',
      '[4/6] RUN same',
      '[5/6] RUN other'
    ];
    expect(locate(text, current)).toEqual([1, 1, 1, 2, 3]);
  });

  it('puts what a stage held back on the FROM that is built on it', () => {
    const text = 'FROM a AS base\nONBUILD RUN late\nRUN early\nFROM base AS b\nRUN own\n';
    expect(locate(text, ['[base 2/2] RUN early', '[b 1/2] RUN late', '[b 2/2] RUN own'])).toEqual([3, 4, 5]);
  });

  it('allows for values that only the base image has', () => {
    const text = 'FROM go\nWORKDIR $GOPATH/src\nRUN ${SHELL:-sh} -c x$GOPATH.y\n';
    expect(locate(text, ['[2/3] WORKDIR /go/src', '[3/3] RUN ash -c x/go.y'])).toEqual([2, 3]);
    expect(locate('FROM scratch\nWORKDIR $GOPATH/src\n', ['[1/1] WORKDIR /go/src', '[1/1] WORKDIR /src'])).toEqual([
      null,
      2
    ]);
  });

  it('knows a heredoc with what BuildKit adds of it', () => {
    const text = 'FROM a\nRUN <<EOF\necho a\necho b\nEOF\nCOPY <<"x" /d/\ny\nx\nRUN end\n';
    const names = ['[2/4] RUN <<EOF (echo a...)', '[3/4] COPY <<x /d/', '[4/4] RUN end'];
    expect(locate(text, names)).toEqual([2, 6, 9]);
  });

  it('finds the stage by its name in any case, or by its index', () => {
    const text = 'FROM a AS Build\nRUN one\nFROM b\nRUN one\n';
    expect(locate(text, ['[build 2/2] RUN one', '[stage-1 2/2] RUN one', '[stage-1 1/2] FROM b'])).toEqual([2, 4, 3]);
  });

  it.each([
    ['Docker, through the file', { stageNumber: null, number: 5, text: 'RUN one', inStage: false, triggerCount: 0 }, 5],
    ['Docker, another text', { stageNumber: null, number: 5, text: 'RUN two', inStage: false, triggerCount: 0 }, 6],
    [
      'Docker, no text of ours',
      { stageNumber: null, number: 5, text: 'RUN three', inStage: false, triggerCount: 0 },
      null
    ],
    ['Podman, in its stage', { stageNumber: 2, number: 2, text: 'RUN one', inStage: true, triggerCount: 0 }, 5],
    [
      'Podman, the id of a stage',
      { stageNumber: 2, number: 1, text: 'FROM 04e3db24', inStage: true, triggerCount: 0 },
      4
    ],
    [
      'Podman, what the base held back',
      { stageNumber: 2, number: 2, text: 'RUN late', inStage: true, triggerCount: 1 },
      4
    ],
    ['Podman, after that', { stageNumber: 2, number: 3, text: 'RUN one', inStage: true, triggerCount: 1 }, 5]
  ])('finds steps of builders without BuildKit: %s', (_what, step, line) => {
    const text = 'ARG X\nFROM a AS one\nRUN one\nFROM b\nRUN one\nRUN two\n';
    expect(new StepLocator(parseDockerfile(text)).locateClassic(step)).toBe(line);
  });
});
