import type { DockerfileInstruction, ParsedDockerfile, Stage } from './parse/parse-dockerfile.ts';

/**
 * The stage with this name in any case, or else with this index; the last one without a name. Null when there is none.
 * Where a name is used twice the later stage wins, as in BuildKit.
 */
export function findStage(dockerfile: ParsedDockerfile, nameOrIndex: string | null): Stage | null {
  if (nameOrIndex === null || nameOrIndex === '') return dockerfile.stages.at(-1) ?? null;
  const named = dockerfile.stages.findLast((stage) => stage.name === nameOrIndex.toLowerCase());
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
  return findStageChain(dockerfile, target)[0] ?? null;
}

/** The instructions that made the target's image on top of its base image, oldest first, without FROM itself. */
export function listTargetInstructions(dockerfile: ParsedDockerfile, target: string | null): DockerfileInstruction[] {
  return findStageChain(dockerfile, target).flatMap(({ index }) =>
    dockerfile.instructions.filter(({ keyword, stageIndex }) => stageIndex === index && keyword !== 'FROM')
  );
}

/** The target and the stages that it is built from by FROM, the lowest first. */
function findStageChain(dockerfile: ParsedDockerfile, target: string | null): Stage[] {
  const chain: Stage[] = [];
  for (let at = findStage(dockerfile, target); at !== null;) {
    chain.unshift(at);
    at = at.baseStageIndex === null ? null : (dockerfile.stages[at.baseStageIndex] ?? null);
  }
  return chain;
}
