import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { applyBuildEvent, emptyBuildSnapshot } from '#contract/jobs/apply-build-event.ts';
import { buildEventSchema, type BuildSnapshot } from '#contract/schema/build.ts';
import type { AppErrorData } from '#contract/schema/error.ts';
import { AppError, Cancelled } from '#core/util/app-error.ts';
import { runBuild, type BuildRequest } from '#core/build/run-build.ts';
import { scratchFolder } from '../scratch-folder.ts';
import type { startFakeBuildEngine, FakeBuildEngine } from './fake-build-engine.ts';

export const recorded = (name: string): string =>
  readFileSync(join(import.meta.dirname, 'recorded', `${name}.ndjson`), 'utf8');

/** The Dockerfile that the recorded builds "ok" and "cached" were of. */
export const twoStages = `# c
FROM busybox AS one
ARG V=1
RUN echo "hello $V" > /x
FROM busybox
WORKDIR /app
ENV A=b
COPY --from=one /x /x
COPY app.txt $A/
RUN echo done \\
 && echo more
CMD ["sh"]
`;

export type Answer = Parameters<typeof startFakeBuildEngine>[0];

/** Takes the context, then answers with this text. */
export const answering =
  (text: string, status = 200): Answer =>
  (request, response) => {
    request.resume();
    request.on('end', () => response.writeHead(status).end(text));
  };

export interface Ran {
  snapshot: BuildSnapshot;
  error: AppErrorData | 'cancelled' | null;
  imageId: string | null;
}

/** Runs a build against a fake engine; its folder has `twoStages` and the file that this copies. */
export async function run(
  running: FakeBuildEngine,
  change: Partial<BuildRequest> = {},
  signal = new AbortController().signal
): Promise<Ran> {
  const snapshot = emptyBuildSnapshot();
  const request: BuildRequest = {
    engine: running.client,
    root: scratchFolder({ Dockerfile: twoStages, 'app.txt': 'x' }),
    clientId: 'test',
    dockerfile: 'Dockerfile',
    dockerfileText: twoStages,
    options: { tag: 't:1', buildArgs: {}, target: null, noCache: false, pull: false },
    loginFor: () => Promise.resolve(null),
    proxyArguments: {},
    ...change
  };
  try {
    const built = await runBuild(request, {
      signal,
      emit: (event) => applyBuildEvent(snapshot, buildEventSchema.parse(event))
    });
    return { snapshot, error: null, imageId: built.imageId };
  } catch (thrown) {
    if (thrown instanceof Cancelled) return { snapshot, error: 'cancelled', imageId: null };
    if (!(thrown instanceof AppError)) throw thrown;
    return { snapshot, error: thrown.data, imageId: null };
  }
}

/** Connections close a moment after the work has ended. */
export async function untilClosed({ open }: FakeBuildEngine): Promise<void> {
  for (const socket of open) await new Promise((resolve) => socket.once('close', resolve));
}
