import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { applyBuildEvent, emptyBuildSnapshot } from '#contract/jobs/apply-build-event.ts';
import type { BuildEvent, BuildOptions } from '#contract/schema/build.ts';
import type { AppErrorData } from '#contract/schema/error.ts';
import type { BuildSnapshot } from '#contract/schema/build.ts';
import { AppError, Cancelled } from '#core/util/app-error.ts';
import { runBuild } from '#core/build/run-build.ts';
import type { LoginFor } from '#core/docker-config/login.ts';
import type { EngineClient } from '#core/engine/engine-client.ts';
import { fillFolder } from '../unit/core/scratch-folder.ts';

export interface BuildOutcome {
  readonly snapshot: BuildSnapshot;
  readonly imageId: string | null;
  readonly error: AppErrorData | 'cancelled' | null;
}

export interface TestBuildOptions {
  /** A folder that stays; without one the build gets a folder of its own. */
  readonly root?: string;
  /** Path of the Dockerfile from the folder. */
  readonly dockerfile?: string;
  /** False: the Dockerfile is in the folder already. */
  readonly writesDockerfile?: boolean;
  readonly files?: Record<string, string>;
  readonly options?: Partial<BuildOptions>;
  readonly loginFor?: LoginFor;
  readonly proxyArguments?: Record<string, string>;
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
  const root = settings.root ?? mkdtempSync(join(tmpdir(), 'slipway-build-'));
  const dockerfile =
    settings.writesDockerfile === false ? {} : { [settings.dockerfile ?? 'Dockerfile']: dockerfileText };
  fillFolder(root, { ...dockerfile, ...settings.files });
  try {
    const { imageId } = await runBuild(
      {
        engine,
        root,
        dockerfile: settings.dockerfile ?? 'Dockerfile',
        dockerfileText,
        options,
        loginFor: settings.loginFor ?? (() => Promise.resolve(null)),
        proxyArguments: settings.proxyArguments ?? {},
        clientId: 'test'
      },
      { signal: settings.signal ?? new AbortController().signal, emit }
    );
    return { snapshot, imageId, error: null };
  } catch (thrown) {
    if (thrown instanceof Cancelled) return { snapshot, imageId: null, error: 'cancelled' };
    if (thrown instanceof AppError) return { snapshot, imageId: null, error: thrown.data };
    throw thrown;
  } finally {
    if (settings.root === undefined) rmSync(root, { recursive: true });
  }
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
