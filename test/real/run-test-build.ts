import { readdirSync, readFileSync } from 'node:fs';
import { Readable } from 'node:stream';
import { pack } from 'tar-stream';
import { applyBuildEvent, emptyBuildSnapshot } from '#contract/jobs/apply-build-event.ts';
import type { BuildEvent, BuildOptions } from '#contract/schema/build.ts';
import type { AppErrorData } from '#contract/schema/error.ts';
import type { BuildSnapshot } from '#contract/schema/build.ts';
import { AppError, Cancelled } from '#core/util/app-error.ts';
import { runBuild } from '#core/build/run-build.ts';
import type { LoginFor } from '#core/docker-config/login.ts';
import type { EngineClient } from '#core/engine/engine-client.ts';

export interface BuildOutcome {
  readonly snapshot: BuildSnapshot;
  readonly imageId: string | null;
  readonly error: AppErrorData | 'cancelled' | null;
}

export interface TestBuildOptions {
  readonly files?: Record<string, string>;
  readonly options?: Partial<BuildOptions>;
  readonly loginFor?: LoginFor;
  readonly signal?: AbortSignal;
  onEvent?(event: BuildEvent): void;
}

/** Builds a Dockerfile with a few files next to it. */
export async function build(
  engine: EngineClient,
  dockerfileText: string,
  settings: TestBuildOptions = {}
): Promise<BuildOutcome> {
  const snapshot = emptyBuildSnapshot();
  const emit = (event: BuildEvent): void => {
    applyBuildEvent(snapshot, event);
    settings.onEvent?.(event);
  };
  const options = { tag: 'built:1', buildArgs: {}, target: null, noCache: false, pull: false, ...settings.options };
  try {
    const { imageId } = await runBuild(
      {
        engine,
        context: packFiles({ Dockerfile: dockerfileText, ...settings.files }),
        dockerfile: 'Dockerfile',
        dockerfileText,
        options,
        loginFor: settings.loginFor ?? (() => Promise.resolve(null))
      },
      { signal: settings.signal ?? new AbortController().signal, emit }
    );
    return { snapshot, imageId, error: null };
  } catch (thrown) {
    if (thrown instanceof Cancelled) return { snapshot, imageId: null, error: 'cancelled' };
    if (thrown instanceof AppError) return { snapshot, imageId: null, error: thrown.data };
    throw thrown;
  }
}

function packFiles(files: Record<string, string>): Readable {
  const tar = pack();
  for (const [name, text] of Object.entries(files)) tar.entry({ name }, text);
  tar.finalize();
  return Readable.from(tar);
}

/** Processes of this machine, in any namespace, with exactly this command line. */
export function processesRunning(args: string): number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name) && commandOf(name) === args)
    .map(Number);
}

function commandOf(pid: string): string | null {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ').trim();
  } catch {
    return null;
  }
}
