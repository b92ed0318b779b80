import { findStage } from '#dockerfile/stages.ts';
import type { DockerfileInstruction, ParsedDockerfile, Stage } from '#dockerfile/parse/parse-dockerfile.ts';

/** Where a step stands: which of its stage's, which stage. */
export interface StepPosition {
  /** As the builder names it: the stage's name, "stage-1", or null when it names none. */
  readonly stage: string | null;
  /** 1-based. */
  readonly number: number;
  /** "RUN apt-get update". */
  readonly text: string;
}

const countedByBuildKit = new Set(['RUN', 'COPY', 'ADD', 'WORKDIR']);

/**
 * The 1-based line of the instruction that a step of BuildKit runs, or null when that is not certain. BuildKit counts, in
 * each stage, its FROM (unless that is scratch or another stage) and RUN, COPY, ADD and WORKDIR.
 */
export function locateBuildKitStep(
  dockerfile: ParsedDockerfile,
  target: string | null,
  position: StepPosition
): number | null {
  const stage = stageOf(dockerfile, target, position.stage);
  if (stage === null) return locateByText(dockerfile.instructions, position.text);
  const counted = dockerfile.instructions.filter(
    ({ keyword, stageIndex }) =>
      stageIndex === stage.index && (countedByBuildKit.has(keyword) || (keyword === 'FROM' && isPulled(stage)))
  );
  return checked(counted[position.number - 1], position) ?? locateByText(counted, position.text);
}

/**
 * The same for the classic builders. Docker counts every instruction of the file from its first; Podman counts from FROM
 * within each stage that it builds.
 */
export function locateClassicStep(
  dockerfile: ParsedDockerfile,
  position: StepPosition & { stageNumber: number | null; inStage: boolean }
): number | null {
  const counted = position.inStage
    ? dockerfile.instructions.filter(({ stageIndex }) => stageIndex === (position.stageNumber ?? 1) - 1)
    : dockerfile.instructions;
  return checked(counted[position.number - 1], position) ?? locateByText(dockerfile.instructions, position.text);
}

function stageOf(dockerfile: ParsedDockerfile, target: string | null, name: string | null): Stage | null {
  if (name === null) return dockerfile.stages.length === 1 ? findStage(dockerfile, target) : null;
  const named = dockerfile.stages.find((stage) => stage.name === name.toLowerCase());
  const numbered = /^stage-(\d+)$/.exec(name)?.[1];
  return named ?? (numbered === undefined ? null : (dockerfile.stages[Number(numbered)] ?? null));
}

function isPulled(stage: Stage): boolean {
  return stage.baseStageIndex === null && stage.base.toLowerCase() !== 'scratch';
}

function checked(instruction: DockerfileInstruction | undefined, position: StepPosition): number | null {
  return instruction?.keyword === keywordOf(position.text) ? instruction.line : null;
}

/** By its words, when just one instruction has them. */
function locateByText(instructions: readonly DockerfileInstruction[], text: string): number | null {
  const same = instructions.filter(
    ({ keyword, argumentsText }) => squeeze(`${keyword} ${argumentsText}`) === squeeze(text)
  );
  return same.length === 1 ? (same[0]?.line ?? null) : null;
}

function keywordOf(text: string): string {
  return /^\S*/.exec(text)?.[0].toUpperCase() ?? '';
}

function squeeze(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}
