import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseDockerfile } from '#dockerfile/parse/parse-dockerfile.ts';
import { listTargetInstructions } from '#dockerfile/stages.ts';
import { expectLinearTime } from '../../expect-linear-time.ts';

const sample = `# syntax=docker/dockerfile:1
# escape=\\
ARG VERSION=3.20
ARG BASE=alpine:\${VERSION}

FROM --platform=linux/amd64 \${BASE} AS Build
ENV A=1 \\
    B="two words"
RUN apk add \\
  # why
    make \\

    gcc
RUN <<EOF
echo hi
EOF
COPY --from=golang:1 /x /x

FROM build
COPY --from=0 --chown=1:1 . /app
onbuild RUN true
CMD ["sh"]
`;

describe('parseDockerfile', () => {
  const parsed = parseDockerfile(sample);

  it('reads instructions with their lines, as the builder joins them', () => {
    expect(parsed.instructions.map((one) => [one.line, one.endLine, one.keyword, one.argumentsText])).toEqual([
      [3, 3, 'ARG', 'VERSION=3.20'],
      [4, 4, 'ARG', 'BASE=alpine:${VERSION}'],
      [6, 6, 'FROM', '--platform=linux/amd64 ${BASE} AS Build'],
      [7, 8, 'ENV', 'A=1     B="two words"'],
      [9, 13, 'RUN', 'apk add     make     gcc'],
      [14, 16, 'RUN', '<<EOF'],
      [17, 17, 'COPY', '--from=golang:1 /x /x'],
      [19, 19, 'FROM', 'build'],
      [20, 20, 'COPY', '--from=0 --chown=1:1 . /app'],
      [21, 21, 'ONBUILD', 'RUN true'],
      [22, 22, 'CMD', '["sh"]']
    ]);
    expect(parsed.instructions.filter((one) => one.heredocs.length > 0).map((one) => one.line)).toEqual([14]);
    expect(parsed.instructions[8]?.flags).toEqual([
      { name: 'from', value: '0' },
      { name: 'chown', value: '1:1' }
    ]);
  });

  it('reads stages, with names in lower case and variables expanded', () => {
    expect(parsed.stages).toEqual([
      {
        index: 0,
        name: 'build',
        writtenName: 'Build',
        base: 'alpine:3.20',
        baseStageIndex: null,
        line: 6,
        instructionIndex: 2
      },
      { index: 1, name: null, writtenName: null, base: 'build', baseStageIndex: 0, line: 19, instructionIndex: 7 }
    ]);
    expect(parsed.directives.map(({ name, value, line }) => [name, value, line])).toEqual([
      ['syntax', 'docker/dockerfile:1', 1],
      ['escape', '\\', 2]
    ]);
  });

  it.each([
    ['ARG B=x\nFROM $B', {}, 'x'],
    ['ARG B=x\nFROM $B', { B: 'y' }, 'y'],
    ['ARG B\nFROM ${B:-z}', {}, 'z'],
    ['ARG B=\nFROM ${B:-z}', {}, 'z'],
    ['ARG B=q\nFROM a${B:+-$B}', {}, 'a-q'],
    ['ARG B="q"\nFROM "$B"', {}, 'q'],
    ['ARG B=1 C=2\nFROM a:$B$C', {}, 'a:12'],
    ['FROM $NONE', {}, ''],
    ['ARG toString\nFROM a$toString', {}, 'a']
  ])('expands %j', (text, buildArgs, base) => {
    expect(parseDockerfile(text, { buildArgs: buildArgs as unknown as Record<string, string> }).stages[0]?.base).toBe(
      base
    );
  });

  it('takes Windows line ends and another escape', () => {
    const { instructions } = parseDockerfile('# escape=`\r\nFROM a\r\nRUN x `\r\n y\r\nCMD z\r\n');
    expect(instructions.map((one) => [one.line, one.argumentsText])).toEqual([
      [2, 'a'],
      [3, 'x  y'],
      [5, 'z']
    ]);
  });

  it('never throws, and every line is a line of the text', () => {
    const words = ['\n', '\\\n', ' ', 'FROM ', 'ARG ', '$', '${', '}', '<<EOF', 'EOF', '"', "'", '[', '# ', '`', '\r'];
    const piece = fc.oneof(fc.constantFrom(...words), fc.string({ maxLength: 8 }));
    const mutated = fc
      .tuple(fc.nat(sample.length), fc.nat(20), fc.array(piece, { maxLength: 5 }))
      .map(([at, cut, pieces]) => sample.slice(0, at) + pieces.join('') + sample.slice(at + cut));
    const anything = fc.oneof(
      mutated,
      fc.array(piece).map((pieces) => pieces.join(''))
    );
    fc.assert(
      fc.property(anything, (text) => {
        const parsedText = parseDockerfile(text);
        const lines = text.split(/\r\n|\r|\n/).length;
        for (const one of parsedText.instructions) {
          expect(one.line).toBeGreaterThanOrEqual(1);
          expect(one.endLine).toBeGreaterThanOrEqual(one.line);
          expect(one.endLine).toBeLessThanOrEqual(lines);
        }
        for (const stage of parsedText.stages) listTargetInstructions(parsedText, String(stage.index));
      }),
      { numRuns: 500 }
    );
  });

  it.each([
    ['many lines', (count: number) => 'RUN a\n'.repeat(count)],
    ['one long line', (count: number) => `RUN ${'a '.repeat(count)}`],
    ['one long instruction', (count: number) => 'RUN a \\\n'.repeat(count)],
    ['a heredoc without an end', (count: number) => `RUN <<EOF\n${'x\n'.repeat(count)}`],
    ['many stages', (count: number) => 'FROM a AS a\n'.repeat(count)],
    ['open variables', (count: number) => `FROM ${'${A:-'.repeat(count)}`],
    ['open quotes', (count: number) => `ARG ${'"\''.repeat(count)}\nFROM a`]
  ])('takes linear time for %s', (_what, textOf) => {
    expectLinearTime((count) => parseDockerfile(textOf(count)), 40_000);
  });
});
