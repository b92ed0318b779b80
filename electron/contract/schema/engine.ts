import { z } from 'zod';
import { appErrorSchema } from './error.ts';

/** Where an engine was found, in the order in which they are tried. */
export const engineSourceSchema = z.enum([
  'docker-host',
  'context',
  'system',
  'rootless',
  'docker-desktop',
  'colima',
  'rancher-desktop',
  'orbstack',
  'podman',
  'private'
]);
export type EngineSource = z.infer<typeof engineSourceSchema>;

/** An address where an engine may answer. `id` is opaque to the renderer; `address` is for display only. */
export const engineCandidateSchema = z.object({
  id: z.string(),
  /** The docker context's name, or the product's name: "default", "Colima", "Podman". */
  name: z.string(),
  source: engineSourceSchema,
  /** For display: unix:///run/docker.sock, tcp://host:2376, ssh://user@host. Never with a password. */
  address: z.string()
});
export type EngineCandidate = z.infer<typeof engineCandidateSchema>;

export const engineInfoSchema = z.object({
  candidate: engineCandidateSchema,
  product: z.enum(['Docker', 'Podman']),
  /** The engine's own version, "28.5.2". */
  version: z.string(),
  /** The negotiated API version, "1.51". */
  apiVersion: z.string(),
  /** Builds use BuildKit; false means the classic builder (Podman, DOCKER_BUILDKIT off in the engine). */
  buildkit: z.boolean(),
  operatingSystem: z.string(),
  /** OCI platform of the engine: "linux/amd64". */
  platform: z.string(),
  /** Image store: a graph driver's name ("overlay2") or "containerd". */
  store: z.string()
});
export type EngineInfo = z.infer<typeof engineInfoSchema>;

/** An engine as what it runs and has refers to it: by its candidate's id, and by its names for display. */
export const engineIdentitySchema = z.object({
  id: z.string().max(100),
  /** The candidate's name. */
  name: z.string().max(300),
  product: z.string().max(100),
  version: z.string().max(300)
});
export type EngineIdentity = z.infer<typeof engineIdentitySchema>;

/** The engine to use, by its candidate's id; null for the selected one. */
export const engineIdSchema = z.string().max(100).nullable();

/** Programs on this machine that Slipway can start a private engine with. */
export const privateEngineProgramSchema = z.enum(['dockerd', 'podman']);
export type PrivateEngineProgram = z.infer<typeof privateEngineProgramSchema>;

export const engineStateSchema = z.discriminatedUnion('kind', [
  /** Searching for an engine; nothing is known yet. */
  z.object({ kind: z.literal('searching') }),
  z.object({ kind: z.literal('connected'), info: engineInfoSchema }),
  /** It was connected and no longer answers; retried automatically. */
  z.object({ kind: z.literal('lost'), info: engineInfoSchema, sinceMs: z.number() }),
  /** No candidate answers. `tried` has the reason for each; `canStart` lists what could be started on this machine. */
  z.object({
    kind: z.literal('none'),
    tried: z.array(z.object({ candidate: engineCandidateSchema, error: appErrorSchema })),
    canStart: z.array(privateEngineProgramSchema)
  }),
  z.object({ kind: z.literal('starting'), program: privateEngineProgramSchema })
]);
export type EngineState = z.infer<typeof engineStateSchema>;
