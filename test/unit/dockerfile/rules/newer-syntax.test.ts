import { describe, expect, it } from 'vitest';
import { describeFinding } from '#contract/format/describe-finding.ts';
import { parseDockerfile } from '#dockerfile/parse/parse-dockerfile.ts';
import { findNewerSyntax, type BuilderVersion } from '#dockerfile/rules/newer-syntax.ts';

const docker = (version: string): BuilderVersion => ({ product: 'Docker', version });
const find = (text: string, builder: BuilderVersion): string[] =>
  findNewerSyntax(parseDockerfile(text), builder).map(({ range, data }) => `${range?.start.line} ${data['feature']}`);

const newest = 'ARG V=1\nFROM a:${V%.*}\nRUN <<EOF\nx\nEOF\nRUN cat << EOF\nx\nEOF\nCOPY a ${V-x}\nENV A=${V:-x}\n';

describe('newer-syntax', () => {
  it.each([
    [docker('20.10.24'), ['1 pattern', '2 heredoc', '5 spaced-heredoc', '8 plain-default']],
    [docker('26.1.5+dfsg1'), ['5 spaced-heredoc']],
    [docker('28.1.0'), ['5 spaced-heredoc']],
    [docker('28.5.2'), []],
    [docker('unknown'), []],
    [{ product: 'Podman', version: '5.0.0' } as const, ['1 pattern', '5 spaced-heredoc', '8 plain-default']]
  ])('finds what %j does not read', (builder, found) => {
    expect(find(newest, builder)).toEqual(found);
  });

  it.each([
    ['docker/dockerfile:1', []],
    ['docker/dockerfile:1.16', []],
    ['docker/dockerfile:1.4', ['2 pattern', '6 spaced-heredoc', '9 plain-default']],
    ['example.test/mine:1.2', []]
  ])('goes by the front end %s', (syntax, found) => {
    expect(find(`# syntax=${syntax}\n${newest}`, docker('20.10.24'))).toEqual(found);
  });

  it('leaves to the shell what the shell expands', () => {
    expect(find('FROM a\nRUN echo ${V%.*} ${V-x}\nCMD echo ${V#x}\n', docker('20.10.24'))).toEqual([]);
  });

  it('says which builder is too old, and since when', () => {
    const [finding] = findNewerSyntax(parseDockerfile('FROM a\nRUN << EOF\nEOF\n'), docker('28.1.0'));
    expect(finding && describeFinding(finding).title).toBe(
      'Heredocs with a space after << may not be read by Docker 28.1.0: they are supported since 28.2'
    );
    expect(finding?.range).toEqual({ start: { line: 1, character: 0 }, end: { line: 3, character: 0 } });
  });
});
