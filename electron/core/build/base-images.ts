import { parseReference, registryHost } from '#contract/domain/reference.ts';
import type { ParsedDockerfile } from '#dockerfile/parse/parse-dockerfile.ts';

export interface BaseImage {
  /** As written, variables expanded. */
  readonly reference: string;
  readonly host: string;
  /** The repository's path in its registry. */
  readonly repository: string;
  readonly line: number;
}

/** The images that a Dockerfile pulls: those of FROM and of COPY --from that are no stage of its own. */
export function baseImages(dockerfile: ParsedDockerfile): BaseImage[] {
  const names = new Set(dockerfile.stages.map(({ name }) => name));
  const bases = dockerfile.stages
    .filter(({ baseStageIndex }) => baseStageIndex === null)
    .map(({ base, line }) => ({ reference: base, line }));
  const sources = dockerfile.instructions.flatMap(({ flags, line }) => {
    const from = flags.find(({ name }) => name === 'from')?.value ?? null;
    return from === null || /^\d+$/.test(from) || names.has(from.toLowerCase()) ? [] : [{ reference: from, line }];
  });
  return [...bases, ...sources].flatMap(({ reference, line }) => {
    const parsed = parseReference(reference);
    if (!parsed.ok || reference === 'scratch') return [];
    return [{ reference, host: registryHost(parsed.reference.domain), repository: parsed.reference.path, line }];
  });
}
