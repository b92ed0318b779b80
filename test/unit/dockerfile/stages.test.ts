import { describe, expect, it } from 'vitest';
import { parseDockerfile } from '#dockerfile/parse/parse-dockerfile.ts';
import { findBaseStage, findStage, listTargetInstructions, listTargets } from '#dockerfile/stages.ts';

describe('the stages of a Dockerfile', () => {
  const stagesOf = (text: string): [string | null, string, number][] =>
    parseDockerfile(text).stages.map(({ name, base, line }) => [name, base, line]);

  it.each<[what: string, text: string, stages: [string | null, string, number][]]>([
    ['keywords in lower case and a name in mixed case', 'from x as Build\n', [['build', 'x', 1]]],
    ['a variable', 'ARG BASE=debian:12\nFROM ${BASE} AS final\n', [['final', 'debian:12', 2]]],
    ['a variable without a value', 'FROM ${BASE} AS final\n', [['final', '', 1]]],
    [
      'a stage as the base',
      'FROM a AS Os\nFROM os\n',
      [
        ['os', 'a', 1],
        [null, 'os', 2]
      ]
    ],
    ['flags', 'FROM --platform=linux/arm64 a AS b\n', [['b', 'a', 1]]],
    ['directives and comments', '# syntax=docker/dockerfile:1\n\n# FROM no AS no\nFROM a AS b\n', [['b', 'a', 4]]],
    ['a comment between continued lines', 'FROM \\\n# why\n  a AS \\\n\n  b\nRUN c\n', [['b', 'a', 1]]],
    [
      'a comment in a RUN',
      'FROM a\nRUN x && \\\n# FROM b\n  y\nFROM c\n',
      [
        [null, 'a', 1],
        [null, 'c', 5]
      ]
    ],
    [
      'heredocs',
      'FROM a\nRUN <<EOF\nFROM b AS c\nEOF\nCOPY <<"X" <<-Y /d/\nFROM d\nX\n\tFROM e\n\tY\nFROM f\n',
      [
        [null, 'a', 1],
        [null, 'f', 10]
      ]
    ],
    [
      'an escape directive',
      '# escape=`\nFROM a`\n AS b\nRUN c:\\\nFROM d\n',
      [
        ['b', 'a', 2],
        [null, 'd', 5]
      ]
    ],
    [
      'CRLF line ends',
      '# escape=`\r\nFROM a AS `\r\n  b\r\nFROM b\r\n',
      [
        ['b', 'a', 2],
        [null, 'b', 4]
      ]
    ],
    ['a byte order mark', '\uFEFFFROM a AS b\n', [['b', 'a', 1]]],
    ['no text', '', []]
  ])('with %s', (_what, text, stages) => {
    expect(stagesOf(text)).toEqual(stages);
  });
});

describe('listTargets', () => {
  it.each([
    ['FROM a AS Build\nFROM b\nFROM c AS final\n', ['Build', 'final']],
    ['FROM a AS x\nFROM b AS y\nFROM c AS X\n', ['X', 'y']],
    ['FROM a\n', []]
  ])('of %j are %j', (text, targets) => {
    expect(listTargets(parseDockerfile(text))).toEqual(targets);
  });
});

describe('findStage', () => {
  const parsed = parseDockerfile('FROM a AS Build\nFROM b AS twice\nFROM c AS Twice\nFROM d\n');

  it.each([
    ['build', 1],
    ['BUILD', 1],
    ['0', 1],
    ['3', 4],
    ['twice', 3],
    [null, 4],
    ['', 4],
    ['4', undefined],
    ['absent', undefined]
  ])('%j is the stage of line %s', (nameOrIndex, line) => {
    expect(findStage(parsed, nameOrIndex)?.line).toBe(line);
  });
});

describe('listTargetInstructions', () => {
  const parsed = parseDockerfile('FROM a AS Build\nRUN one\nFROM other\nRUN two\nFROM build\nRUN three\n');

  it('goes down to the base through stages of the file', () => {
    expect(listTargetInstructions(parsed, null).map(({ line }) => line)).toEqual([2, 6]);
  });

  it('stops at a target, by name or index', () => {
    expect(listTargetInstructions(parsed, 'BUILD').map(({ line }) => line)).toEqual([2]);
    expect(listTargetInstructions(parsed, '1').map(({ line }) => line)).toEqual([4]);
    expect(listTargetInstructions(parsed, 'absent')).toEqual([]);
  });
});

describe('findBaseStage', () => {
  const text =
    '# syntax=docker/dockerfile:1\nFROM node:22 AS build\nRUN make\nFROM alpine:3.20 AS base\nFROM base\nCOPY a b\n';
  const parsed = parseDockerfile(text);

  it.each([
    [null, 4],
    ['Build', 2],
    ['absent', undefined]
  ])('follows %s to the FROM that names the base image', (target, line) => {
    expect(findBaseStage(parsed, target)?.line).toBe(line);
  });

  it('is not misled by a stage named as its own base, nor by no stage', () => {
    expect(findBaseStage(parseDockerfile('FROM app AS app\n'), null)?.line).toBe(1);
    expect(findBaseStage(parseDockerfile(''), null)).toBeNull();
  });
});
