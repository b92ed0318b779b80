import { expect, test } from 'vitest';
import { findStages } from '../../../../../renderer/src/features/editor/find-stages.ts';

const text = `# syntax=docker/dockerfile:1
FROM node:22 AS build
RUN npm ci
FROM debian AS os
FROM os
COPY --from=build /app /app
`;

test('reads the stages with their names and lines', () => {
  expect(findStages(text)).toEqual([
    { name: 'build', image: 'node:22', line: 2 },
    { name: 'os', image: 'debian', line: 4 },
    { name: null, image: 'os', line: 5 }
  ]);
});

test('is not misled by a heredoc', () => {
  expect(findStages('FROM a\nRUN <<EOF\nFROM b\nEOF\n').map((stage) => stage.image)).toEqual(['a']);
});
