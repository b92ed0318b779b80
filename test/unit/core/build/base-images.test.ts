import { describe, expect, it } from 'vitest';
import { baseImages, findNamedImage } from '#core/build/base-images.ts';
import { parseDockerfile } from '#dockerfile/parse/parse-dockerfile.ts';

const text =
  '# syntax=docker/dockerfile:1.4\nFROM busybox AS one\nFROM r.test:5000/alice/tools:1\nRUN --mount=from=r.test:5000/alice/tools-extra:1 x\n';
const bases = baseImages(parseDockerfile(text));
const find = (said: string, step: Parameters<typeof findNamedImage>[2] = null): number | null =>
  findNamedImage(said, bases, step)?.line ?? null;

describe('findNamedImage', () => {
  it.each([
    ['docker.io/library/busybox:latest: not found', 2],
    ['Head "https://registry-1.docker.io/v2/library/busybox/manifests/latest": connection refused', 2],
    ['failed to resolve source metadata for docker.io/docker/dockerfile:1.4: x', 1],
    ['r.test:5000/alice/tools:1: failed to resolve', 3],
    ['r.test:5000/alice/tools-extra:1: failed to resolve', 4],
    ['Head "http://r.test:5000/v2/alice/tools/manifests/1": 401', 3],
    ['r.test:5000/bob/tools: not found', null],
    ['not found', null]
  ])('finds the image of %j in line %s', (said, line) => {
    expect(find(said)).toBe(line);
  });

  it('takes the image of the step that failed, or that its name has', () => {
    expect(find('not found', { name: 'FROM busybox', instruction: true, line: 2 })).toBe(2);
    const name = '[internal] load metadata for r.test:5000/alice/tools-extra:1';
    expect(find('not found', { name, instruction: false, line: null })).toBe(4);
  });

  it('takes none for what a command prints, but what is mounted into it', () => {
    expect(find('busybox not found', { name: 'RUN x', instruction: true, line: 4 })).toBeNull();
    expect(find('r.test:5000/alice/tools-extra:1: x', { name: 'RUN x', instruction: true, line: 4 })).toBe(4);
  });

  it('takes the only one without a name, unless another is at fault', () => {
    const only = baseImages(parseDockerfile('FROM busybox\n'));
    expect(findNamedImage('toomanyrequests', only, null)?.line).toBe(1);
    expect(findNamedImage('x', only, { name: 'FROM notastage', instruction: true, line: null })).toBeNull();
  });
});
