import { z } from 'zod';
import { appErrorSchema } from './error.ts';

export const remoteLayerSchema = z.object({
  /** Of the compressed blob. */
  digest: z.string(),
  /** diffID: of the uncompressed layer; the same in every image that has the layer. */
  diffId: z.string(),
  mediaType: z.string(),
  compressedBytes: z.number()
});
export type RemoteLayer = z.infer<typeof remoteLayerSchema>;

/** Remaining fetches for this address or account; a field is null if the registry does not report it. */
export const rateLimitSchema = z.object({
  limit: z.number().nullable(),
  remaining: z.number().nullable(),
  windowSeconds: z.number().nullable()
});
export type RateLimit = z.infer<typeof rateLimitSchema>;

/**
 * An image as described by a registry, without its layers' content. Sizes are compressed: uncompressed ones are
 * unknown.
 */
export const remoteImageSchema = z.object({
  /** As displayed: "ada/flask:1". */
  reference: z.string(),
  host: z.string(),
  /** What the reference resolves to: an index, or the manifest. */
  digest: z.string(),
  manifestDigest: z.string(),
  platform: z.string(),
  /** All platforms of the reference, without attestations; one for a plain manifest. */
  platforms: z.array(z.string()),
  /** Base first. */
  layers: z.array(remoteLayerSchema),
  compressedBytes: z.number(),
  /** Null if the registry reports no limit. */
  rateLimit: rateLimitSchema.nullable(),
  /** Why the saved login was not used; null if there is none, or it was. */
  loginProblem: appErrorSchema.nullable()
});
export type RemoteImage = z.infer<typeof remoteImageSchema>;
