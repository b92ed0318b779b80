import type { BuiltFrom } from '#core/images/describe-history.ts';
import type { Store } from '#core/store/open-store.ts';

/** The Dockerfile and options of a recorded build; null without a record. */
export async function builtFromRecord(store: Store, buildId: string | null): Promise<BuiltFrom | null> {
  const record = buildId === null ? undefined : await store.builds.get(buildId);
  if (record === undefined) return null;
  const { dockerfileText, options } = record;
  const steps = record.steps.flatMap(({ instruction, line, name }) =>
    instruction && line !== null ? [{ line, name }] : []
  );
  return {
    dockerfileText,
    target: options.target,
    buildArgs: options.buildArgs,
    stepLines: steps.map(({ line }) => line),
    steps
  };
}
