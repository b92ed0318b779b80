import type { BuiltFrom } from '#core/images/describe-history.ts';
import type { Store } from '#core/store/open-store.ts';

/** The Dockerfile and options of a recorded build; null without a record. */
export async function builtFromRecord(store: Store, buildId: string | null): Promise<BuiltFrom | null> {
  const record = buildId === null ? undefined : await store.builds.get(buildId);
  if (record === undefined) return null;
  const { dockerfileText, options, steps } = record;
  return {
    dockerfileText,
    target: options.target,
    buildArgs: options.buildArgs,
    stepLines: steps.flatMap(({ instruction, line }) => (instruction && line !== null ? [line] : []))
  };
}
