import { z } from 'zod';

/** Where a layer came from; determines its color. */
export const layerOriginSchema = z.enum(['base', 'run', 'copy', 'other']);
export type LayerOrigin = z.infer<typeof layerOriginSchema>;

/**
 * How certain it is that a line created a row: the build reported the line as its step and both match; only both match;
 * or it is the most likely line.
 */
export const lineEvidenceSchema = z.enum(['exact', 'matched', 'guess']);
export type LineEvidence = z.infer<typeof lineEvidenceSchema>;

/**
 * One row of an image's history, base first. A row with a `layerIndex` created that layer; a row without created none
 * (metadata), unless the image's `joinExact` is false: then the match is a best guess and the view says so.
 */
export const historyRowSchema = z.object({
  /** As reported by the engine, including "/bin/sh -c #(nop)" and "# buildkit". Possible secrets are masked. */
  createdBy: z.string(),
  /** The same as a Dockerfile instruction: "RUN apt-get update". Empty if unknown. */
  instruction: z.string(),
  origin: layerOriginSchema,
  /** Uncompressed bytes as reported in the engine's history; on the containerd store these are disk blocks. */
  sizeBytes: z.number(),
  /** Milliseconds since 1970; null if the engine reports none. */
  createdAt: z.number().nullable(),
  /** Index of the layer that the row created, 0 is the base; null if it created none. */
  layerIndex: z.number().int().nullable(),
  /** Of that layer; null if the row created none. */
  diffId: z.string().nullable(),
  /**
   * 1-based line of the Dockerfile that created the row; null if the build is unknown or the row is from a base image.
   */
  line: z.number().int().nullable(),
  /** How certain that line is; null without one. */
  evidence: lineEvidenceSchema.nullable(),
  /** The stage or image in COPY --from of that line; null if it has none. */
  copiedFrom: z.string().nullable()
});
export type HistoryRow = z.infer<typeof historyRowSchema>;

export const imageDetailSchema = z.object({
  id: z.string(),
  /** Repository tags, "alice/app:latest"; empty for an untagged image. */
  tags: z.array(z.string()),
  repoDigests: z.array(z.string()),
  /** Sum of the history's uncompressed sizes. */
  sizeBytes: z.number(),
  /** Milliseconds since 1970; null if the engine reports none. */
  createdAt: z.number().nullable(),
  /** "linux/arm64/v8"; empty when unknown. */
  platform: z.string(),
  layerCount: z.number().int(),
  history: z.array(historyRowSchema),
  /** False: it is uncertain which rows created layers. */
  joinExact: z.boolean(),
  /** The base image in the Dockerfile's FROM, "ubuntu"; null if the build is unknown or FROM is scratch. */
  baseName: z.string().nullable(),
  /** 1-based line of that FROM; null if the build is unknown. */
  baseLine: z.number().int().nullable()
});
export type ImageDetail = z.infer<typeof imageDetailSchema>;

export const imageSummarySchema = z.object({
  id: z.string(),
  /** Its tags; for an image without one that was pulled by its digest, "alice/app@sha256:...". */
  tags: z.array(z.string()),
  /** As in the engine's image list; what it counts depends on the image store. */
  sizeBytes: z.number(),
  /** Milliseconds since 1970. */
  createdAt: z.number()
});
export type ImageSummary = z.infer<typeof imageSummarySchema>;

/** The layers of one image, base first. `exact` false: the size of each layer is a best guess; their sum is exact. */
export const imageLayerSizesSchema = z.object({
  id: z.string(),
  layers: z.array(z.object({ diffId: z.string(), sizeBytes: z.number() })),
  exact: z.boolean()
});
export type ImageLayerSizes = z.infer<typeof imageLayerSizesSchema>;

/** A container that uses an image. */
export const imageUserSchema = z.object({ imageId: z.string(), container: z.string(), running: z.boolean() });
export type ImageUser = z.infer<typeof imageUserSchema>;

/** What the engine reports that it did. */
export const removedImageSchema = z.object({ untagged: z.array(z.string()), deleted: z.array(z.string()) });
export type RemovedImage = z.infer<typeof removedImageSchema>;
