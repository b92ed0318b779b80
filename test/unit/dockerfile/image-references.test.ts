import { describe, expect, it } from 'vitest';
import { listImageUses } from '#dockerfile/image-references.ts';
import { parseDockerfile } from '#dockerfile/parse/parse-dockerfile.ts';

const platforms = { build: 'linux/amd64', target: 'linux/arm/v7' };
const uses = (text: string): string[] =>
  listImageUses(parseDockerfile(text, { platforms })).map(({ reference, line, use }) => `${line} ${use} ${reference}`);

describe('listImageUses', () => {
  it.each([
    ['# syntax=docker/dockerfile:1.4\nFROM a\n', ['1 syntax docker/dockerfile:1.4', '2 from a']],
    ['FROM a AS x\nFROM x\nFROM scratch\n', ['1 from a']],
    ['FROM a\nCOPY --from=r/t:1 b c\nCOPY --from=0 b c\nCOPY --from=9 b c\n', ['1 from a', '2 copy r/t:1']],
    ['FROM a AS X\nFROM b\nCOPY --from=x b c\nADD --from=d e f\n', ['1 from a', '2 from b']],
    ['FROM a\nRUN --mount=type=bind,from=r/t:1,target=/t ls\n', ['1 from a', '2 mount r/t:1']],
    [
      'FROM a AS x\nFROM b\nRUN --mount=from=X --mount="type=cache,target=/c" --mount=\'from=c\' ls\n',
      ['1 from a', '2 from b', '3 mount c']
    ],
    ['FROM a\nRUN echo --mount=from=b\nRUN --mount=type=cache,target=/c x\n', ['1 from a']],
    [
      'FROM base-$TARGETARCH$TARGETVARIANT\nFROM --platform=$BUILDPLATFORM b-${BUILDARCH}\n',
      ['1 from base-armv7', '2 from b-amd64']
    ],
    ['ARG V=1.2.3\nFROM a:${V%.*} AS x\n', ['2 from a:1.2']]
  ])('of %j are %j', (text, expected) => {
    expect(uses(text)).toEqual(expected);
  });

  it('leaves platform arguments as they are written where the platforms are unknown', () => {
    const [stage] = parseDockerfile('FROM a-${TARGETARCH}$NONE\n').stages;
    expect(stage?.base).toBe('a-${TARGETARCH}');
  });
});
