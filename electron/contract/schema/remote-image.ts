import { z } from 'zod';

/** How an image runs. Fields that an image leaves out are empty; null only where empty means something else. */
export const imageConfigSchema = z.object({
  env: z.array(z.string()),
  /** Null: none is set. */
  entrypoint: z.array(z.string()).nullable(),
  cmd: z.array(z.string()).nullable(),
  user: z.string(),
  workdir: z.string(),
  /** "80/tcp". */
  ports: z.array(z.string()),
  volumes: z.array(z.string()),
  labels: z.record(z.string(), z.string()),
  healthcheck: z
    .object({
      test: z.array(z.string()),
      intervalMs: z.number().nullable(),
      timeoutMs: z.number().nullable(),
      startPeriodMs: z.number().nullable(),
      retries: z.number().nullable()
    })
    .nullable()
});
export type ImageConfig = z.infer<typeof imageConfigSchema>;

export const remoteLayerSchema = z.object({
  /** Of the compressed blob. */
  digest: z.string(),
  /** Of what it unpacks to; the same in every image that has the layer. */
  diffId: z.string(),
  mediaType: z.string(),
  compressedBytes: z.number()
});
export type RemoteLayer = z.infer<typeof remoteLayerSchema>;

/** What a registry still lets this address or account fetch; null in a field that it does not tell. */
export const rateLimitSchema = z.object({
  limit: z.number().nullable(),
  remaining: z.number().nullable(),
  windowSeconds: z.number().nullable()
});
export type RateLimit = z.infer<typeof rateLimitSchema>;

/** An image as a registry tells it, without its layers' content. Sizes are compressed: nothing here knows unpacked ones. */
export const remoteImageSchema = z.object({
  /** As people write it: "ada/flask:1". */
  reference: z.string(),
  host: z.string(),
  /** What the reference names now: an index, or the manifest. */
  digest: z.string(),
  manifestDigest: z.string(),
  platform: z.string(),
  /** All that the reference offers, without attestations; one for a plain manifest. */
  platforms: z.array(z.string()),
  createdAt: z.number().nullable(),
  config: imageConfigSchema,
  /** Base first. */
  history: z.array(
    z.object({
      createdBy: z.string(),
      /** The same, as the instruction that a person would write. */
      instruction: z.string(),
      createdAt: z.number().nullable(),
      layerIndex: z.number().int().nullable()
    })
  ),
  /** False: the history does not fit the layers, as after a squash. */
  historyExact: z.boolean(),
  layers: z.array(remoteLayerSchema),
  compressedBytes: z.number(),
  rateLimit: rateLimitSchema.nullable()
});
export type RemoteImage = z.infer<typeof remoteImageSchema>;
