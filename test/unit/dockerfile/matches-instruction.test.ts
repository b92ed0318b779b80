import { describe, expect, it } from 'vitest';
import { expandInstructions } from '#dockerfile/expand-instructions.ts';
import { matchesInstruction } from '#dockerfile/matches-instruction.ts';
import { parseDockerfile } from '#dockerfile/parse/parse-dockerfile.ts';

describe('matchesInstruction', () => {
  it.each([
    ['RUN --mount=type=cache,target=/c apt-get \\\n  update', 'RUN apt-get update', true],
    ['COPY a.py /opt/', 'COPY file:0123456789ab in /opt/', true],
    ['COPY a.py /opt/', 'COPY file:0123456789ab in /srv/', false],
    ['COPY --chown=1 ["a b", "/opt/"]', 'COPY a b /opt/', true],
    ['ENV P=/x Q="a b"', 'ENV P=/x Q=a b', true],
    ['ENTRYPOINT flask run', 'ENTRYPOINT ["/bin/sh" "-c" "flask run"]', true],
    ['ARG V=1\nWORKDIR /srv/$V', 'WORKDIR /srv/1', true],
    ['ARG V=1\nRUN echo $V', 'RUN echo $V', true],
    ['RUN one', 'RUN two', false]
  ])('%j and the row %j match: %s', (text, row, matches) => {
    const instruction = expandInstructions(parseDockerfile(`FROM busybox\n${text}\n`), null).at(-1);
    expect(instruction && matchesInstruction(row, instruction)).toBe(matches);
  });
});
