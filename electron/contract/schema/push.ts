import { z } from 'zod';
import { appErrorSchema } from './error.ts';

export const pushLayerStateSchema = z.enum([
  'waiting',
  'preparing',
  'pushing',
  'pushed',
  'exists',
  'mounted',
  'retrying'
]);
export type PushLayerState = z.infer<typeof pushLayerStateSchema>;

export const pushLayerSchema = z.object({
  /** The engine's short id: a prefix of the diffID (graph drivers) or of the blob's digest (containerd store). */
  id: z.string(),
  state: pushLayerStateSchema,
  sentBytes: z.number(),
  /** Null until the engine reports it. Uncompressed on graph drivers, compressed on the containerd store. */
  totalBytes: z.number().nullable(),
  /** The instruction that created the layer; null if unknown. */
  label: z.string().nullable()
});
export type PushLayer = z.infer<typeof pushLayerSchema>;

export const pushEventSchema = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('started'),
    reference: z.string(),
    host: z.string(),
    /** Null if no login was found: pushed anonymously. */
    username: z.string().nullable(),
    sizes: z.enum(['compressed', 'uncompressed', 'unknown'])
  }),
  z.object({ kind: z.literal('layer'), layer: pushLayerSchema }),
  /** A saved login could not be read; the push continues without it. */
  z.object({ kind: z.literal('login-problem'), problem: appErrorSchema }),
  /** The connection broke; the next try starts after this wait. */
  z.object({ kind: z.literal('retry'), waitSeconds: z.number() })
]);
export type PushEvent = z.infer<typeof pushEventSchema>;

export const pushResultSchema = z.object({
  reference: z.string(),
  digest: z.string(),
  /** Every layer already existed. */
  nothingSent: z.boolean(),
  /** Web page of the repository, for hosts that have one (Docker Hub, ghcr.io, quay.io); else null. */
  url: z.string().nullable(),
  durationMs: z.number()
});
export type PushResult = z.infer<typeof pushResultSchema>;

export const pushSnapshotSchema = z.object({
  reference: z.string(),
  host: z.string(),
  /** Null for a push without a login. */
  username: z.string().nullable(),
  sizes: z.enum(['compressed', 'uncompressed', 'unknown']),
  layers: z.array(pushLayerSchema),
  loginProblem: appErrorSchema.nullable(),
  /** Seconds until the next try, while the push waits for it; null otherwise. */
  retrySeconds: z.number().nullable()
});
export type PushSnapshot = z.infer<typeof pushSnapshotSchema>;
