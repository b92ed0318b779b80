import { z } from 'zod';

/** Where a layer came from; gives its colour. */
export const layerOriginSchema = z.enum(['base', 'run', 'copy', 'other']);
export type LayerOrigin = z.infer<typeof layerOriginSchema>;

/**
 * How surely a line made a row: the build reported the line as its step and both say the same; only both say the same;
 * or it is the likely one.
 */
export const lineEvidenceSchema = z.enum(['exact', 'matched', 'guess']);
export type LineEvidence = z.infer<typeof lineEvidenceSchema>;

/**
 * One row of an image's history, base first. A row with a `layerIndex` made that layer; a row without made none
 * (metadata), unless the image's `joinExact` is false: then the pairing is a best guess and the view says so.
 */
export const historyRowSchema = z.object({
  /** As the engine tells it, "/bin/sh -c #(nop)" and "# buildkit" included. Possible secrets are masked. */
  createdBy: z.string(),
  /** The same, as the instruction that a person would write: "RUN apt-get update". Empty when nothing is known. */
  instruction: z.string(),
  origin: layerOriginSchema,
  /** Unpacked bytes as the engine's history tells; on the containerd store these are disk blocks. */
  sizeBytes: z.number(),
  /** Milliseconds since 1970; null when the engine gives none. */
  createdAt: z.number().nullable(),
  /** The layer that the row created, base first from 0; null when it created none. */
  layerIndex: z.number().int().nullable(),
  /** Of that layer; null when the row created none. */
  diffId: z.string().nullable(),
  /** 1-based line of the Dockerfile that created the row; null when the build is unknown or a base image has the row. */
  line: z.number().int().nullable(),
  /** How surely that line; null without one. */
  evidence: lineEvidenceSchema.nullable(),
  /** The stage or image in COPY --from of that line; null when it has none. */
  copiedFrom: z.string().nullable()
});
export type HistoryRow = z.infer<typeof historyRowSchema>;

export const imageDetailSchema = z.object({
  id: z.string(),
  /** Repository tags, "alice/app:latest"; empty for an untagged image. */
  tags: z.array(z.string()),
  repoDigests: z.array(z.string()),
  /** Sum of the history's unpacked sizes. */
  sizeBytes: z.number(),
  /** Milliseconds since 1970; null when the engine reports none. */
  createdAt: z.number().nullable(),
  /** "linux/arm64/v8"; empty when unknown. */
  platform: z.string(),
  layerCount: z.number().int(),
  history: z.array(historyRowSchema),
  /** False: which rows made layers could not be told for certain. */
  joinExact: z.boolean(),
  /** The base image in the Dockerfile's FROM, "ubuntu"; null when the build is unknown or FROM is scratch. */
  baseName: z.string().nullable(),
  /** 1-based line of that FROM; null when the build is unknown. */
  baseLine: z.number().int().nullable()
});
export type ImageDetail = z.infer<typeof imageDetailSchema>;

export const imageSummarySchema = z.object({
  id: z.string(),
  tags: z.array(z.string()),
  /** As the engine's list tells; what it counts differs by image store. */
  sizeBytes: z.number(),
  /** Milliseconds since 1970. */
  createdAt: z.number()
});
export type ImageSummary = z.infer<typeof imageSummarySchema>;

/** The layers of one image, base first. `exact` false: which sizes are which layer's is a best guess; their sum is not. */
export const imageLayerSizesSchema = z.object({
  id: z.string(),
  layers: z.array(z.object({ diffId: z.string(), sizeBytes: z.number() })),
  exact: z.boolean()
});
export type ImageLayerSizes = z.infer<typeof imageLayerSizesSchema>;

/** A container that holds an image. */
export const imageUserSchema = z.object({ imageId: z.string(), container: z.string(), running: z.boolean() });
export type ImageUser = z.infer<typeof imageUserSchema>;

/** What the engine says it did. */
export const removedImageSchema = z.object({ untagged: z.array(z.string()), deleted: z.array(z.string()) });
export type RemovedImage = z.infer<typeof removedImageSchema>;
