import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseDockerfile } from '#dockerfile/parse/parse-dockerfile.ts';
import { cleanCreatedBy, cleanHistory } from '#core/oci/clean-created-by.ts';
import { joinHistory } from '#core/oci/join-history.ts';
import { expandInstructions } from '#dockerfile/expand-instructions.ts';
import { countRootRows, traceRows } from '#core/images/trace-rows.ts';
import { expectLinearTime } from '../../expect-linear-time.ts';

const row = (createdBy: string, sizeBytes = 0, comment = '') => ({ createdBy, sizeBytes, comment });
const signed = 'buildkit.dockerfile.v0';

describe('cleanCreatedBy', () => {
  const hash = '259febe42ab5dcd43d0d3a19e773d5d0a52b1863319ef7d17a0b8ae7bd38c1d4';
  it.each([
    ['/bin/sh -c #(nop)  CMD ["sh"]', 'CMD ["sh"]'],
    [`/bin/sh -c #(nop) COPY file:${hash} in /x `, 'COPY file:259febe42ab5 in /x'],
    ['/bin/sh -c apt-get update   && true', 'RUN apt-get update && true'],
    ['RUN /bin/sh -c make # buildkit', 'RUN make'],
    ['RUN |2 A=b C=d e /bin/sh -c echo $A # buildkit', 'RUN echo $A'],
    ['|1 A=b /bin/sh -c echo $A', 'RUN echo $A'],
    ['RUN /bin/bash -o pipefail -c curl x | tar x # buildkit', 'RUN curl x | tar x'],
    ['RUN /bin/sh -c sh -c "echo hi" # buildkit', 'RUN sh -c "echo hi"'],
    ['/bin/bash -o pipefail -c #(nop)  ENV A=b', 'ENV A=b'],
    ['/bin/bash --login -o pipefail -c apt-get update', 'RUN apt-get update'],
    ['/usr/local/bin/bash -O extglob -ec make', 'RUN make'],
    ["/bin/sh -c echo '#(nop)' > x", "RUN echo '#(nop)' > x"],
    ['RUN /bin/sh -c echo #(nop) x # buildkit', 'RUN echo #(nop) x'],
    ["powershell -Command $ErrorActionPreference = 'Stop'; #(nop)  ENV A=b", 'ENV A=b'],
    ['cmd /S /C #(nop)  CMD ["cmd"]', 'CMD ["cmd"]'],
    ['COPY app.py /app # buildkit', 'COPY app.py /app'],
    ['WORKDIR /app', 'WORKDIR /app'],
    ['', ''],
    ['bazel build ...', 'bazel build ...']
  ])('%j is %j', (createdBy, instruction) => {
    expect(cleanCreatedBy(createdBy)).toBe(instruction);
  });
});

describe('cleanHistory', () => {
  it.each([
    ['SHELL [/usr/bin/python3 -u -c]', '|1 A=b c /usr/bin/python3 -u -c print(1)', 'RUN print(1)'],
    ['/opt/x -c #(nop)  SHELL [/opt/x -c]', '/opt/x -c #(nop)  ENV A=b', 'ENV A=b'],
    ['SHELL ["/opt/x", "-c"]', 'RUN /opt/x -c make # buildkit', 'RUN make']
  ])('knows the shell that %j has set', (shell, row, cleaned) => {
    expect(cleanHistory([shell, row])[1]).toBe(cleaned);
  });

  it('takes linear time, whatever a row has', () => {
    for (const part of [
      '/bin/sh -o pipefail ',
      '/',
      '|1 /sh -c',
      'sh -a ',
      '|1 sh -x ',
      'powershell -a b ',
      'powershell -Command $a ',
      'SHELL [',
      'SHELL []    ',
      ' #(nop) '
    ])
      expectLinearTime(
        (length) => cleanHistory([part.repeat(length / part.length), `|1 ${part.repeat(length / part.length)}`]),
        200_000,
        part
      );
  });
});

describe('joinHistory', () => {
  it('matches rows of BuildKit, also those without bytes', () => {
    const rows = [row('', 9), row('WORKDIR /app', 0, signed), row('ENV A=b'), row('RUN /bin/sh -c true # buildkit')];
    expect(joinHistory(rows, 3)).toEqual({ layerIndexes: [0, 1, null, 2], exact: true });
  });

  it('matches rows with bytes if their number is right', () => {
    const rows = [row('ADD file:1 in /', 9), row('/bin/sh -c #(nop) WORKDIR /a'), row('/bin/sh -c make', 4)];
    expect(joinHistory(rows, 2)).toEqual({ layerIndexes: [0, null, 1], exact: true });
  });

  it('reports a guess if the count allows several matches, and chooses WORKDIR last', () => {
    const workdir = row('/bin/sh -c #(nop) WORKDIR /a');
    const rows = [row('x', 9), workdir, row('/bin/sh -c true'), row('/bin/sh -c #(nop)  CMD ["a"]')];
    expect(joinHistory(rows, 2)).toEqual({ layerIndexes: [0, null, 1, null], exact: false });
  });

  it('reports a guess if rows and layers cannot match', () => {
    expect(joinHistory([], 2)).toEqual({ layerIndexes: [], exact: false });
    expect(joinHistory([row('a', 1), row('b', 1)], 1)).toEqual({ layerIndexes: [0, null], exact: false });
  });

  it('numbers layers from 0 without a gap, and never beyond them', () => {
    const createdBys = ['', 'RUN /bin/sh -c a # buildkit', '/bin/sh -c a', '/bin/sh -c #(nop) WORKDIR /a', 'ENV A=b'];
    const anyRow = fc.record({
      createdBy: fc.constantFrom(...createdBys),
      sizeBytes: fc.nat(1),
      comment: fc.constantFrom('', signed)
    });
    fc.assert(
      fc.property(fc.array(anyRow, { maxLength: 12 }), fc.nat(12), (rows, layerCount) => {
        const { layerIndexes, exact } = joinHistory(rows, layerCount);
        const made = layerIndexes.filter((index) => index !== null);
        expect(layerIndexes).toHaveLength(rows.length);
        expect(made).toEqual(made.map((_, index) => index));
        expect(made.length).toBeLessThanOrEqual(layerCount);
        if (exact) expect(made).toHaveLength(layerCount);
      })
    );
  });
});

describe('traceRows', () => {
  const dockerfile = parseDockerfile('ARG G=1\nFROM busybox\nARG A=1\nRUN one\nENV B=$A\nRUN two\nCMD ["x"]\n');
  const base = ['ADD file:1 in /', 'CMD ["sh"]'];
  const linesOf = (rows: string[], target: string | null = null): (number | null)[] =>
    traceRows(rows, expandInstructions(dockerfile, target)).map((row) => row?.instruction.line ?? null);

  it('walks both from the newest row', () => {
    const own = ['ARG A=1', 'RUN one', 'ENV B=1', 'RUN two', 'CMD ["x"]'];
    expect(linesOf([...base, ...own])).toEqual([null, null, 3, 4, 5, 6, 7]);
  });

  it('skips an ARG without a row', () => {
    const own = ['RUN one', 'ENV B=1', 'RUN two', 'CMD ["x"]'];
    expect(linesOf([...base, ...own])).toEqual([null, null, 4, 5, 6, 7]);
  });

  it('stops where rows and instructions differ', () => {
    const own = ['USER me', 'RUN two', 'CMD ["x"]'];
    expect(linesOf([...base, ...own])).toEqual([null, null, null, 6, 7]);
  });

  it('has no line for an image whose target is not in the file', () => {
    expect(linesOf(base, 'nope')).toEqual([null, null]);
  });

  it('reports whether row and instruction match', () => {
    const agrees = traceRows(
      ['RUN one', 'CMD ["other"]'],
      expandInstructions(parseDockerfile('FROM a\nRUN one\nCMD x\n'), null)
    ).map((row) => row?.agrees);
    expect(agrees).toEqual([true, false]);
  });
});

describe('countRootRows', () => {
  const made = (instruction: string, layerIndex: number | null) => ({ instruction, layerIndex });

  it('counts a root file system and the metadata above it', () => {
    expect(countRootRows([made('', 0), made('RUN a', 1)])).toBe(1);
    const debian = [made('ARG R', null), made('ADD file:1 in /', 0), made('CMD ["sh"]', null), made('ENV A=1', null)];
    expect(countRootRows(debian)).toBe(3);
  });

  it('counts none where the image starts with its own files', () => {
    expect(countRootRows([made('COPY app /app', 0), made('CMD ["/app"]', null)])).toBe(0);
    expect(countRootRows([])).toBe(0);
  });
});
