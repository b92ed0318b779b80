import { z } from 'zod';

export const remoteLayerSchema = z.object({
  /** Of the compressed blob. */
  digest: z.string(),
  /** Of what it unpacks to; the same in every image that has the layer. */
  diffId: z.string(),
  mediaType: z.string(),
  compressedBytes: z.number()
});
export type RemoteLayer = z.infer<typeof remoteLayerSchema>;

/** How much this address or account may still fetch; a field is null when the registry does not report it. */
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
  /** Base first. */
  layers: z.array(remoteLayerSchema),
  compressedBytes: z.number(),
  /** Null when the registry reports no limit. */
  rateLimit: rateLimitSchema.nullable()
});
export type RemoteImage = z.infer<typeof remoteImageSchema>;
