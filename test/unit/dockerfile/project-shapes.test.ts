import { describe, expect, it } from 'vitest';
import { listImageUses } from '#dockerfile/image-references.ts';
import { parseDockerfile } from '#dockerfile/parse/parse-dockerfile.ts';
import { projectShapes } from './project-shapes.ts';

const platforms = { build: 'linux/amd64', target: 'linux/amd64' };

describe.each(projectShapes)('$name', ({ dockerfile, stages, pulled, stepLines }) => {
  const parsed = parseDockerfile(dockerfile, { platforms });

  it('has its stages and bases, and the images that are pulled on their lines', () => {
    expect(parsed.stages.map(({ name, base }) => [name, base])).toEqual(stages);
    expect(listImageUses(parsed).map(({ line, reference }) => `${line} ${reference}`)).toEqual(pulled);
  });

  it('has an instruction on the line of each step', () => {
    const instructionLines = parsed.instructions.map(({ line }) => line);
    expect(stepLines.filter((line) => !instructionLines.includes(line))).toEqual([]);
  });
});
