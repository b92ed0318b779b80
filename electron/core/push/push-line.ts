import { z } from 'zod';
import { hideLogin } from '../docker-config/hide-login.ts';
import type { Login } from '../docker-config/login.ts';
import type { PushLayerState } from '#contract/schema/push.ts';

/** The meaning of one line of an engine's push. */
export type PushLine =
  | {
      readonly kind: 'layer';
      readonly id: string;
      readonly state: PushLayerState;
      readonly current: number | null;
      readonly total: number | null;
    }
  | { readonly kind: 'digest'; readonly digest: string }
  | { readonly kind: 'error'; readonly message: string }
  | { readonly kind: 'nothing' };

const bytes = z.number().nonnegative().optional().catch(undefined);
const lineSchema = z.object({
  status: z.string().optional().catch(undefined),
  id: z.string().optional().catch(undefined),
  progressDetail: z.object({ current: bytes, total: bytes }).optional().catch(undefined),
  aux: z.object({ Digest: z.string() }).optional().catch(undefined),
  error: z.string().optional().catch(undefined),
  errorDetail: z.object({ message: z.string() }).optional().catch(undefined)
});

const digestPattern = /^sha256:[a-f0-9]{64}$/;

const layerStates: readonly (readonly [RegExp, PushLayerState])[] = [
  [/^Preparing$/i, 'preparing'],
  [/^Waiting$/i, 'waiting'],
  [/^Pushing$/i, 'pushing'],
  [/^Pushed$/i, 'pushed'],
  [/^(?:Layer|Image) already (?:exists|pushed)/i, 'exists'],
  [/^Mounted from /i, 'mounted'],
  [/^Retrying in /i, 'retrying']
];

/**
 * Parses one line of POST /images/x/push. Engines with graph drivers end with an `aux` digest, those with the
 * containerd
 * store and Podman only with the status line "TAG: digest: sha256:… size: N"; a failure is a line too, after HTTP 200.
 * What it says never repeats `login`, which the engine was sent.
 */
export function readPushLine(value: unknown, login: Login | null): PushLine {
  const parsed = lineSchema.safeParse(value);
  if (!parsed.success) return { kind: 'nothing' };
  const { status, id, progressDetail, aux, error, errorDetail } = parsed.data;
  const message = errorDetail?.message ?? error;
  if (message !== undefined) return { kind: 'error', message: hideLogin(message, login) };
  if (aux !== undefined && digestPattern.test(aux.Digest)) return { kind: 'digest', digest: aux.Digest };
  if (status === undefined) return { kind: 'nothing' };
  if (id !== undefined && id !== '') {
    const state = layerStates.find(([pattern]) => pattern.test(status))?.[1];
    const { current = null, total = null } = progressDetail ?? {};
    if (state !== undefined) return { kind: 'layer', id: id.slice(0, 100), state, current, total };
  }
  const digest = /\bdigest: (sha256:[a-f0-9]{64})\b/.exec(status)?.[1];
  return digest === undefined ? { kind: 'nothing' } : { kind: 'digest', digest };
}
