import './language-service.ts';
import { DockerfileParser } from 'dockerfile-ast';

/** A stage of a Dockerfile: its FROM. */
export interface Stage {
  /** Name given by AS; null for an unnamed stage. */
  readonly name: string | null;
  /** What it is made from: an image's name, or the name of a stage before it. */
  readonly image: string;
  /** 1-based line of the FROM. */
  readonly line: number;
}

/** Reads the stages of a Dockerfile, first to last. */
export function findStages(text: string): Stage[] {
  return DockerfileParser.parse(text)
    .getFROMs()
    .map((from) => ({
      name: from.getBuildStage(),
      image: from.getImage() ?? '',
      line: from.getRange().start.line + 1
    }));
}

/** Line of the FROM whose image is the base of what a build of `target` (null: the last stage) makes. */
export function findBaseLine(stages: readonly Stage[], target: string | null): number | null {
  const wanted = target?.toLowerCase();
  let index = wanted === undefined ? stages.length - 1 : stages.findIndex((stage) => isNamed(stage, wanted));
  let stage = stages[index];
  while (stage !== undefined) {
    const image = stage.image.toLowerCase();
    const parent = stages.slice(0, index).findIndex((before) => isNamed(before, image));
    if (parent < 0) return stage.line;
    index = parent;
    stage = stages[index];
  }
  return null;
}

const isNamed = (stage: Stage, name: string): boolean => stage.name?.toLowerCase() === name;
