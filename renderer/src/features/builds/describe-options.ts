import type { BuildOptions } from '#contract/schema/build.ts';
import { words } from '#contract/words/words.ts';

/** The options of a build other than its tag, in a few words each; empty for a default build. */
export function describeOptions(options: BuildOptions): string[] {
  const text = words.builds;
  const argCount = Object.keys(options.buildArgs).length;
  return [
    options.target === null ? null : text.target(options.target),
    argCount === 0 ? null : text.buildArgs(argCount),
    options.noCache ? text.noCache : null,
    options.pull ? text.pull : null
  ].filter((part) => part !== null);
}
