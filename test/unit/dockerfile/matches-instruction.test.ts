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
    ['RUN ["/bin/ash", "-c", "echo two > /two"]', 'RUN echo two > /two', true],
    ['RUN <<EOF\necho a\nEOF', 'RUN echo a', true],
    ['RUN <<-EOF\n\techo a\n\tEOF', 'RUN echo a', true],
    ['RUN cat << EOF > /h\nhello\nEOF', 'RUN cat << EOF > /h hello EOF', true],
    ['COPY <<one <<"two" /d/\na\none\nb\ntwo', 'COPY <<one <<two /d/', true],
    ['HEALTHCHECK --interval=5s CMD true', 'HEALTHCHECK &{["CMD-SHELL" "true"] "5s" "0s"}', true],
    ['EXPOSE 80/tcp 81', 'EXPOSE map[80/tcp:{} 81/tcp:{}]', true],
    ['EXPOSE 81 80/tcp', 'EXPOSE [80/tcp 81/tcp]', true],
    ['EXPOSE 80', 'EXPOSE [81/tcp]', false],
    ['LABEL "multi line"="a\\\nb"', 'LABEL multi line=ab', true],
    ['ENTRYPOINT flask run', 'ENTRYPOINT ["/bin/ash" "-o" "pipefail" "-c" "flask run"]', true],
    ['WORKDIR app', 'WORKDIR /srv/app', true],
    ['WORKDIR $HOME/x', 'WORKDIR /root/x', true],
    ['ARG V=1', 'ARG V', true],
    ['ARG V=1 W', 'ARG V=1 W', true],
    ['RUN one', 'RUN two', false]
  ])('%j and the row %j match: %s', (text, row, matches) => {
    const instruction = expandInstructions(parseDockerfile(`FROM busybox\n${text}\n`), null).at(-1);
    expect(instruction && matchesInstruction(row, instruction)).toBe(matches);
  });
});
