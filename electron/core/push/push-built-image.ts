import { parseReference, registryHost } from '#contract/domain/reference.ts';
import type { AppErrorData } from '#contract/schema/error.ts';
import type { ImageDetail } from '#contract/schema/image.ts';
import type { PushEvent, PushResult } from '#contract/schema/push.ts';
import { AppError } from '../util/app-error.ts';
import type { LoginFor } from '../docker-config/login.ts';
import type { EngineClient } from '../engine/engine-client.ts';
import { inspectImage } from '../images/inspect-image.ts';
import type { JobContext } from '../job/job-context.ts';
import { pushImage } from './push-image.ts';
import type { LayerHint } from './push-layers.ts';

export interface BuiltImagePush {
  readonly imageId: string;
  readonly reference: string;
}

export interface PushDependencies {
  readonly engine: EngineClient;
  readonly loginFor: LoginFor;
}

/** Length of the layer ids that the engine reports during a push. */
const shortIdLength = 12;

/**
 * Pushes a local image under a name, with the login of that name's registry only, and with its layers labeled by
 * the instructions that created them. Throws reference-invalid, and what inspectImage and pushImage throw.
 */
export async function pushBuiltImage(
  { imageId, reference: text }: BuiltImagePush,
  { engine, loginFor }: PushDependencies,
  job: JobContext<PushEvent>
): Promise<PushResult> {
  const parsed = parseReference(text);
  if (!parsed.ok) throw new AppError('reference-invalid', { reference: text, reason: parsed.reason });
  const { reference } = parsed;
  const onProblem = (problem: AppErrorData): void => job.emit({ kind: 'login-problem', problem });
  const [login, image] = await Promise.all([
    loginFor(registryHost(reference.domain), onProblem),
    inspectImage(engine, imageId)
  ]);
  const layers = layersByShortId(image);
  const layerHint = (shortId: string): LayerHint | null => layers.get(shortId) ?? null;
  return pushImage({ engine, imageId, reference, login, layerHint }, job);
}

function layersByShortId({ history }: ImageDetail): Map<string, LayerHint> {
  const made = history.flatMap(({ diffId, instruction, sizeBytes }) =>
    diffId === null ? [] : [{ diffId, layer: { label: instruction === '' ? null : instruction, sizeBytes } }]
  );
  return new Map(made.map(({ diffId, layer }) => [diffId.replace('sha256:', '').slice(0, shortIdLength), layer]));
}
