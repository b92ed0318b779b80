import { listTargets } from '#dockerfile/stages.ts';

/** The names of the stages that can be built of this Dockerfile. The first call loads the parser. */
export async function loadTargets(dockerfileText: string): Promise<string[]> {
  const { parseDockerfile } = await import('#dockerfile/parse/parse-dockerfile.ts');
  return listTargets(parseDockerfile(dockerfileText));
}
