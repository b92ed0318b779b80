import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { parseIgnoreFile, readIgnorePatterns } from '#core/context/read-ignore-patterns.ts';
import { scratchFolder } from '../scratch-folder.ts';
import { ignores, matcherOf } from './ignores.ts';
import { expectLinearTime } from '../../expect-linear-time.ts';

/** What `docker buildx build` (0.29.1, Docker 28.5.2) left out of a folder; null where it refused to build. */
const recorded = z
  .object({
    tree: z.array(z.string()),
    cases: z.array(z.object({ text: z.string(), ignored: z.array(z.string()).nullable() }))
  })
  .parse(JSON.parse(readFileSync(join(import.meta.dirname, 'recorded/ignore-files.json'), 'utf8')));

const unreadable = (detail: object): unknown => ({ data: { code: 'file-unreadable', file: '.dockerignore', detail } });

describe('an ignore file', () => {
  it.each(recorded.cases)('$text', ({ text, ignored }) => {
    if (ignored === null) {
      expect(() => matcherOf(text)).toThrow(expect.objectContaining(unreadable({ reason: 'pattern-invalid' })));
    } else {
      const matcher = matcherOf(text);
      expect(recorded.tree.filter((path) => ignores(matcher, path))).toEqual(ignored);
    }
  });

  it.each<[string, string[]]>([
    ['', []],
    ['# c\n\n  b  \r\n#c\n  # d\n', ['b', '# d']],
    ['/a/./b/\n!/c\n! d\n!\n/\n', ['a/b', '!c', '!d', '!', '/']],
    ['\uFEFFa\n\uFEFFb', ['a', '\uFEFFb']],
    ['\u00A0a\u0085\n', ['a']]
  ])('%j has the patterns of its lines', (text, patterns) => {
    expect(parseIgnoreFile(text, '.dockerignore')).toEqual(patterns);
  });

  it('is refused for a line that Docker does not read, and read in linear time', () => {
    expect(() => parseIgnoreFile('x'.repeat(70_000), '.dockerignore')).toThrow(
      expect.objectContaining(unreadable({ reason: 'line-too-long', limitBytes: 65_536 }))
    );
    expectLinearTime(
      (length) => expect(parseIgnoreFile(`a${' '.repeat(length)}b\n`.repeat(15), '.dockerignore')).toHaveLength(15),
      60_000
    );
  });

  it("is the Dockerfile's own before the folder's", async () => {
    const root = scratchFolder({ '.dockerignore': 'a', 'x/Dockerfile.dockerignore': 'b' });
    expect(await readIgnorePatterns(root, 'x/Dockerfile')).toEqual({
      patterns: ['b'],
      file: 'x/Dockerfile.dockerignore'
    });
    expect(await readIgnorePatterns(root, 'Dockerfile')).toEqual({ patterns: ['a'], file: '.dockerignore' });
    expect(await readIgnorePatterns(join(root, 'x'), null)).toEqual({ patterns: [], file: null });
  });
});
