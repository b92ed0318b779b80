import { describe, expect, it } from 'vitest';
import { expandInstructions } from '#dockerfile/expand-instructions.ts';
import { parseDockerfile } from '#dockerfile/parse/parse-dockerfile.ts';

describe('expandInstructions', () => {
  it('expands what ARG and ENV declared before, build arguments over the defaults', () => {
    const text = 'FROM a\nARG V=1 W\nENV P $V\nENV Q=$W R="$P x"\nRUN echo $V $P $Q $R\n';
    const expandedWith = (buildArgs: Record<string, string>) =>
      expandInstructions(parseDockerfile(text, { buildArgs }), null).at(-1);
    expect(expandedWith({})).toMatchObject({ line: 5, written: 'echo $V $P $Q $R', expanded: 'echo 1 1  1 x' });
    expect(expandedWith({ V: '2', W: 'w', P: 'no' })?.expanded).toBe('echo 2 2 w 2 x');
  });

  it('names the stage or the image that a COPY took from', () => {
    const parsed = parseDockerfile('FROM go AS build\nFROM scratch\nCOPY --from=0 /a /\nCOPY --from=nginx:1 /b /\n');
    expect(expandInstructions(parsed, null).map(({ copiedFrom }) => copiedFrom)).toEqual(['build', 'nginx:1']);
  });
});
