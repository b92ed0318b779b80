import type { DockerfileInstruction, ParsedDockerfile, Stage } from './parse-dockerfile.ts';

/** The stage that `--target` names, by name or by number; without a target the last one. Null when there is none. */
export function findStage(dockerfile: ParsedDockerfile, target: string | null): Stage | null {
  if (target === null || target === '') return dockerfile.stages.at(-1) ?? null;
  const named = dockerfile.stages.find((stage) => stage.name === target.toLowerCase());
  return named ?? (/^\d+$/.test(target) ? (dockerfile.stages[Number(target)] ?? null) : null);
}

/** The stage and the stages that it is built from by FROM, the lowest first. */
export function stageChain(dockerfile: ParsedDockerfile, stage: Stage): Stage[] {
  const chain: Stage[] = [];
  for (let at: Stage | null = stage; at !== null;) {
    chain.unshift(at);
    at = at.baseStageIndex === null ? null : (dockerfile.stages[at.baseStageIndex] ?? null);
  }
  return chain;
}

/** The instructions that made the target's image on top of its base image, oldest first; FROM itself is not among them. */
export function instructionChain(dockerfile: ParsedDockerfile, target: string | null): DockerfileInstruction[] {
  const stage = findStage(dockerfile, target);
  if (stage === null) return [];
  return stageChain(dockerfile, stage).flatMap(({ index }) =>
    dockerfile.instructions.filter(({ keyword, stageIndex }) => stageIndex === index && keyword !== 'FROM')
  );
}

/** The stage whose FROM brings what the target's image stands on; its base may be "scratch". */
export function lowestStage(dockerfile: ParsedDockerfile, target: string | null): Stage | null {
  const stage = findStage(dockerfile, target);
  return stage === null ? null : (stageChain(dockerfile, stage)[0] ?? null);
}
