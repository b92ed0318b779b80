import type { EngineInfo } from '#contract/schema/engine.ts';
import type { Finding } from '#contract/schema/finding.ts';

/** Characters beyond which a text is not checked while it is edited. */
const maxCharacters = 200_000;

/** What our own rules find in a Dockerfile for this engine. The first call loads them. */
export async function lintDockerfile(text: string, engine: EngineInfo | null): Promise<readonly Finding[]> {
  if (engine === null || text.length > maxCharacters) return [];
  const [{ parseDockerfile }, { findNewerSyntax }] = await Promise.all([
    import('#dockerfile/parse/parse-dockerfile.ts'),
    import('#dockerfile/rules/newer-syntax.ts')
  ]);
  return findNewerSyntax(parseDockerfile(text), engine);
}
