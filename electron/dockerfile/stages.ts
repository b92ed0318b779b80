import type { DockerfileInstruction, ParsedDockerfile, Stage } from './parse/parse-dockerfile.ts';

/**
 * The stage with this name in any case, or else with this index; the last one without a name. Null when there is none.
 * Where a name is used twice the later stage wins, as in BuildKit.
 */
export function findStage(dockerfile: ParsedDockerfile, nameOrIndex: string | null): Stage | null {
  if (nameOrIndex === null || nameOrIndex === '') return dockerfile.stages.at(-1) ?? null;
  const named = dockerfile.stagesByName.get(nameOrIndex.toLowerCase());
  return named ?? (/^\d+$/.test(nameOrIndex) ? (dockerfile.stages[Number(nameOrIndex)] ?? null) : null);
}

/**
 * The names that a build can have as its target, first to last. Names that differ only in case are one. They are as
 * written, because Podman compares them with their case; BuildKit takes no index as a target.
 */
export function listTargets(dockerfile: ParsedDockerfile): string[] {
  const targets = new Map<string, string>();
  for (const { name, writtenName } of dockerfile.stages) {
    if (name !== null && writtenName !== null) targets.set(name, writtenName);
  }
  return [...targets.values()];
}

/** The stage whose FROM names the base image of the target; that base may be "scratch". */
export function findBaseStage(dockerfile: ParsedDockerfile, target: string | null): Stage | null {
  return findStageChain(dockerfile, findStage(dockerfile, target))[0] ?? null;
}

/** The instructions that made the target's image on top of its base image, oldest first, without FROM itself. */
export function listTargetInstructions(dockerfile: ParsedDockerfile, target: string | null): DockerfileInstruction[] {
  return findStageChain(dockerfile, findStage(dockerfile, target)).flatMap((stage) =>
    listStageInstructions(dockerfile, stage)
  );
}

/** The instructions of one stage, without its FROM. */
export function listStageInstructions(
  dockerfile: ParsedDockerfile,
  { index, instructionIndex }: Stage
): readonly DockerfileInstruction[] {
  const end = dockerfile.stages[index + 1]?.instructionIndex ?? dockerfile.instructions.length;
  return dockerfile.instructions.slice(instructionIndex + 1, end);
}

/** A stage and those that it is built from by FROM, the lowest first. */
export function findStageChain(dockerfile: ParsedDockerfile, stage: Stage | null): Stage[] {
  const chain: Stage[] = [];
  for (let at = stage; at !== null;) {
    chain.push(at);
    at = at.baseStageIndex === null ? null : (dockerfile.stages[at.baseStageIndex] ?? null);
  }
  return chain.reverse();
}
