import './load-language-service.ts';
import { DockerfileParser } from 'dockerfile-ast';

/** A stage of a Dockerfile: its FROM. */
export interface DockerfileStage {
  /** Name given by AS; null for an unnamed stage. */
  readonly name: string | null;
  /** What it is made from: an image's name, or the name of a stage before it. */
  readonly image: string;
  /** 1-based line of the FROM. */
  readonly line: number;
}

/** Reads the stages of a Dockerfile, first to last. */
export function findStages(text: string): DockerfileStage[] {
  return DockerfileParser.parse(text)
    .getFROMs()
    .map((from) => ({
      name: from.getBuildStage(),
      image: from.getImage() ?? '',
      line: from.getRange().start.line + 1
    }));
}
