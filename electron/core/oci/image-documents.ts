import { z } from 'zod';
import { runConfigSchema } from './run-config.ts';

/**
 * The fields that are read from the JSON files of images. Unknown fields are ignored, as the specifications require.
 */
const digest = z.string().max(200);

export const platformSchema = z.object({
  os: z.string().max(100).default(''),
  architecture: z.string().max(100).default(''),
  variant: z.string().max(100).optional()
});

/** https://github.com/opencontainers/image-spec/blob/main/descriptor.md */
export const descriptorSchema = z.object({
  mediaType: z.string().max(300).default(''),
  digest,
  size: z.number().optional(),
  platform: platformSchema.nullish(),
  annotations: z.record(z.string(), z.string()).nullish()
});
export type Descriptor = z.infer<typeof descriptorSchema>;

/** https://github.com/opencontainers/image-spec/blob/main/image-index.md */
export const indexSchema = z.object({ manifests: z.array(descriptorSchema).max(10_000) });

/** https://github.com/opencontainers/image-spec/blob/main/manifest.md */
export const manifestSchema = z.object({ config: descriptorSchema, layers: z.array(descriptorSchema).max(1000) });

/** https://github.com/opencontainers/image-spec/blob/main/config.md; BuildKit writes null for an empty list. */
export const configSchema = platformSchema.extend({
  created: z.string().nullish(),
  /** For display only: an image with invalid settings can still be analyzed. */
  config: runConfigSchema.nullish().catch(null),
  rootfs: z.object({
    diff_ids: z
      .array(digest)
      .max(1000)
      .nullish()
      .transform((ids) => ids ?? [])
  }),
  history: z
    .array(
      z.object({
        created: z.string().nullish(),
        created_by: z.string().nullish(),
        comment: z.string().nullish(),
        empty_layer: z.boolean().nullish()
      })
    )
    .max(10_000)
    .nullish()
    .transform((rows) => rows ?? [])
});
export type ImageConfig = z.infer<typeof configSchema>;

/** manifest.json of "docker save": https://github.com/moby/docker-image-spec/blob/main/spec.md */
export const dockerManifestSchema = z
  .array(
    z.object({
      Config: z.string().max(1000),
      RepoTags: z.array(z.string().max(1000)).nullish(),
      Layers: z
        .array(z.string().max(1000))
        .max(1000)
        .nullish()
        .transform((layers) => layers ?? [])
    })
  )
  .min(1)
  .max(10_000);
