import { expect, test } from 'vitest';
import { findBaseLine, findStages } from '../../../../renderer/src/editor/find-stages.ts';

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

test('follows a stage made from another to the image it began with', () => {
  expect(findBaseLine(findStages(text), null)).toBe(4);
  expect(findBaseLine(findStages(text), 'Build')).toBe(2);
  expect(findBaseLine(findStages(text), 'absent')).toBeNull();
  expect(findBaseLine([], null)).toBeNull();
});

test('is not misled by a heredoc or by a stage of its own name', () => {
  expect(findStages('FROM a\nRUN <<EOF\nFROM b\nEOF\n').map((stage) => stage.image)).toEqual(['a']);
  expect(findBaseLine(findStages('FROM app AS app\n'), null)).toBe(1);
});
