import { z } from 'zod';
import { goFlag, goMap, goNumber, goOptionalSlice, goPointer, goSlice, goText } from './go-json.ts';
import { runConfigSchema } from './run-config.ts';

/**
 * The fields that are read from the JSON files of images. Unknown fields are ignored, as the specifications require.
 */
const digest = z.string().max(200);

const platformFields = { os: goText(100), architecture: goText(100), variant: goText(100) };
const platformSchema = z.object(platformFields);

/** https://github.com/opencontainers/image-spec/blob/main/descriptor.md */
export const descriptorSchema = z.object({
  mediaType: goText(300),
  digest,
  size: goNumber(),
  platform: goPointer(platformSchema),
  annotations: goMap(goText(10_000), 1000)
});
export type Descriptor = z.infer<typeof descriptorSchema>;

/** https://github.com/opencontainers/image-spec/blob/main/image-index.md */
export const indexSchema = z.object({ manifests: goOptionalSlice(descriptorSchema, 10_000) });

/** https://github.com/opencontainers/image-spec/blob/main/manifest.md; an artifact may have no config. */
export const manifestSchema = z.object({
  schemaVersion: goNumber(),
  config: goPointer(descriptorSchema),
  layers: goSlice(descriptorSchema, 1000)
});
export type Manifest = z.infer<typeof manifestSchema>;

const historyRowSchema = z.object({
  created: goText(100),
  created_by: goText(1_000_000),
  comment: goText(100_000),
  empty_layer: goFlag()
});
const zeroRow: z.infer<typeof historyRowSchema> = { created: '', created_by: '', comment: '', empty_layer: false };

/** https://github.com/opencontainers/image-spec/blob/main/config.md */
export const configSchema = z.object({
  ...platformFields,
  created: goText(100),
  /** For display only: an image with invalid settings can still be analyzed. */
  config: goPointer(runConfigSchema),
  rootfs: goPointer(z.object({ diff_ids: goSlice(digest, 1000) })).transform((rootfs) => rootfs ?? { diff_ids: [] }),
  // A row of another type still is one, so that the others are matched to their layers.
  history: goOptionalSlice(historyRowSchema.catch(zeroRow), 10_000)
});
export type ImageConfig = z.infer<typeof configSchema>;

/** manifest.json of "docker save": https://github.com/moby/docker-image-spec/blob/main/spec.md */
export const dockerManifestSchema = goSlice(
  z.object({
    Config: z.string().min(1).max(1000),
    RepoTags: goOptionalSlice(z.string().max(1000), 10_000),
    Layers: goSlice(z.string().max(1000), 1000)
  }),
  10_000
);
