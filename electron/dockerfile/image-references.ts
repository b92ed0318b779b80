import type { DockerfileInstruction, ParsedDockerfile } from './parse/parse-dockerfile.ts';
import { findStage } from './stages.ts';

/** An image that a Dockerfile names. */
export interface ImageUse {
  /** As written, variables expanded. */
  readonly reference: string;
  /** 1-based line of the instruction or directive. */
  readonly line: number;
  readonly use: 'from' | 'copy' | 'mount' | 'syntax';
}

/**
 * The images that building a Dockerfile needs, in the order of their lines: those of FROM, COPY --from and RUN
 * --mount=from that are no stage of its own, and the front end of its syntax directive.
 */
export function listImageUses(dockerfile: ParsedDockerfile): ImageUse[] {
  const syntax = dockerfile.directives.flatMap(({ name, value, line }): ImageUse[] =>
    name === 'syntax' ? [{ reference: value.split(' ')[0] ?? '', line, use: 'syntax' }] : []
  );
  const instructions = dockerfile.instructions.flatMap((instruction): ImageUse[] => {
    const { keyword, line } = instruction;
    if (keyword === 'FROM') return listBase(dockerfile, instruction);
    if (keyword === 'COPY') {
      return listFlagValues(instruction, 'from')
        .filter((from) => findStage(dockerfile, from) === null && !/^\d+$/.test(from))
        .map((reference) => ({ reference, line, use: 'copy' }));
    }
    if (keyword !== 'RUN') return [];
    return listFlagValues(instruction, 'mount')
      .flatMap(readMountSource)
      .filter((from) => !dockerfile.stagesByName.has(from.toLowerCase()))
      .map((reference) => ({ reference, line, use: 'mount' }));
  });
  return [...syntax, ...instructions].filter(({ reference }) => reference !== '' && reference !== 'scratch');
}

function listBase(dockerfile: ParsedDockerfile, { stageIndex, line }: DockerfileInstruction): ImageUse[] {
  const stage = stageIndex === null ? undefined : dockerfile.stages[stageIndex];
  return stage?.baseStageIndex !== null ? [] : [{ reference: stage.base, line, use: 'from' }];
}

function listFlagValues({ flags }: DockerfileInstruction, name: string): string[] {
  return flags.flatMap((flag) => (flag.name === name && flag.value !== null && flag.value !== '' ? [flag.value] : []));
}

/** The stage or image that a mount reads from; its value is a list in CSV. */
function readMountSource(mount: string): string[] {
  const fields = mount.match(/(?:[^,"]|"(?:[^"]|"")*")+/g) ?? [];
  return fields
    .map((field) => (/^"(.*)"$/s.exec(field)?.[1] ?? field).replaceAll('""', '"'))
    .filter((field) => /^from=./i.test(field))
    .map((field) => field.slice('from='.length))
    .slice(-1);
}
