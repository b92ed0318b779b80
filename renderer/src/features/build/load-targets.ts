import { listTargets } from '#dockerfile/stages.ts';

/** The names that a build of this Dockerfile can have as its target. The first call loads the parser. */
export async function loadTargets(dockerfileText: string): Promise<string[]> {
  const { parseDockerfile } = await import('#dockerfile/parse/parse-dockerfile.ts');
  return listTargets(parseDockerfile(dockerfileText));
}
