import { z } from 'zod';
import { compressions } from '../domain/compressions.ts';
import { writtenFormatsOf } from '../domain/export-formats.ts';
import { savingsRuleIds } from '../domain/savings-rules.ts';
import { engineIdSchema } from './engine.ts';

const count = z.number().int().nonnegative();
const bytes = z.number().nonnegative();

/** Main gives each analysis and each opened archive an opaque id. */
export const analysisIdSchema = z.string().regex(/^[a-z0-9-]{8,64}$/);
export const archiveIdSchema = z.string().regex(/^[a-z0-9-]{8,64}$/);

/** The image to analyze: an engine's, or one of an opened archive. */
export const analysisSourceSchema = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('engine'),
    image: z.string().min(1).max(512),
    /** Recorded build to match the layers with; null for none. */
    buildId: z.string().max(100).nullable(),
    /** The engine that has the image. Also null if it was saved before engines were. */
    engineId: engineIdSchema.default(null)
  }),
  z.object({
    kind: z.literal('archive'),
    archiveId: archiveIdSchema,
    /** "linux/arm64", for an archive with several platforms; null for this machine's. */
    platform: z.string().max(100).nullable(),
    /** A name in the archive; null for the first. */
    reference: z.string().max(512).nullable()
  })
]);
export type AnalysisSource = z.infer<typeof analysisSourceSchema>;

/** One image of an archive with several. The platform is empty if unknown, the reference null for an unnamed image. */
export const archiveChoiceSchema = z.object({ platform: z.string(), reference: z.string().nullable() });
export type ArchiveChoice = z.infer<typeof archiveChoiceSchema>;

/** Progress of reading an image. An engine may take seconds before its first byte: it is `waiting` until then. */
export const analysisProgressSchema = z.object({
  phase: z.enum(['waiting', 'reading', 'merging']),
  readBytes: bytes,
  /** Null if the source does not report the total. */
  totalBytes: bytes.nullable()
});
export type AnalysisProgress = z.infer<typeof analysisProgressSchema>;

export const analyzedLayerSchema = z.object({
  /** 0 is the base. */
  index: count,
  /** sha256 of the uncompressed layer (diffID); verified. */
  diffId: z.string(),
  /** sha256 of the layer as it is stored, verified; null if no manifest lists it. */
  digest: z.string().nullable(),
  /** The instruction that created it, as written in a Dockerfile; empty if the image does not record it. */
  command: z.string(),
  /** The same as recorded in the image's history. Possible secrets are masked in both. */
  createdBy: z.string(),
  compression: z.enum(compressions),
  /** Uncompressed size of its files; hard links count once. */
  sizeBytes: bytes,
  /** Size as stored in the archive. */
  storedBytes: bytes,
  /**
   * Entries, directories included, relative to the layers below. A directory that existed identically is `unchanged`.
   */
  added: count,
  modified: count,
  /** Removed paths; a directory counts once. */
  removed: count,
  unchanged: count,
  /** The same without directories; removed files are also counted inside removed directories. */
  addedFiles: count,
  modifiedFiles: count,
  removedFiles: count,
  /** Size of the removed files. */
  hiddenBytes: bytes
});
export type AnalyzedLayer = z.infer<typeof analyzedLayerSchema>;

/** A path that more than one layer has. Bytes of a name that are not UTF-8 are written \xNN. */
export const inefficientPathSchema = z.object({
  path: z.string(),
  times: count,
  /** Size of the path in all layers together. */
  sizeBytes: bytes,
  layers: z.array(count)
});

/** What one rule finds removable: files that a fix can remove, and that no later layer hides. */
export const savingSchema = z.object({
  ruleId: z.enum(savingsRuleIds),
  sizeBytes: bytes,
  fileCount: count,
  /** The outermost matching paths, the largest first, each with the layer that added its files. */
  paths: z.array(z.object({ path: z.string(), layer: count, sizeBytes: bytes, fileCount: count }))
});
export type Saving = z.infer<typeof savingSchema>;

/** One of dive's three rules, and its result. https://github.com/wagoodman/dive#ci-integration */
export const ruleResultSchema = z.object({
  rule: z.enum(['lowestEfficiency', 'highestWastedBytes', 'highestUserWastedPercent']),
  outcome: z.enum(['passed', 'failed', 'disabled']),
  /** The rule's threshold, in bytes or as a fraction; null for a disabled rule. */
  threshold: z.number().nullable(),
  actual: z.number()
});
export type RuleResult = z.infer<typeof ruleResultSchema>;

/** Where an image was read from, and its name there. */
export const imageOriginSchema = z.object({
  kind: z.enum(['archive', 'folder', 'engine', 'registry']),
  name: z.string()
});

/** The output of `slipway analyze --json`, and the document exported from the window. */
export const analysisReportSchema = z.object({
  schemaVersion: z.literal(1),
  source: imageOriginSchema,
  tags: z.array(z.string()),
  /** "linux/amd64"; empty if the image does not record it. */
  platform: z.string(),
  /** The ID in the engine that the image was read from, as "docker inspect" takes it; null for any other source. */
  imageId: z.string().nullable(),
  /** Null if the archive does not name its config by digest. */
  configDigest: z.string().nullable(),
  /** Null for an archive without manifests, as older versions of "docker save" write it. */
  manifestDigest: z.string().nullable(),
  /** Size of all layers. */
  imageSizeBytes: bytes,
  /** The same without the first layer. */
  userSizeBytes: bytes,
  /** Size of all versions of paths that more than one layer has: dive's wasted bytes. */
  wastedBytes: bytes,
  /** wastedBytes / userSizeBytes, which can exceed 1; 1 if everything wasted is in the first layer. */
  wastedUserFraction: z.number().nonnegative(),
  /** dive's efficiency, 0 to 1. */
  efficiency: z.number().min(0).max(1),
  /** Files and links (not directories) in the image's file system, as a container sees it. */
  fileCount: count,
  /** Bytes in the layers that no container sees: a later layer removed or replaced them. */
  hiddenBytes: bytes,
  /** Bytes that a fix can remove, by the rules of `savings`; without hidden bytes. */
  removableBytes: bytes,
  /** Entries of all layers, including whiteouts. */
  entryCount: count,
  layers: z.array(analyzedLayerSchema),
  /** What is removable, by rule, the largest first. */
  savings: z.array(savingSchema),
  /** The most wasteful paths first. */
  inefficientPaths: z.array(inefficientPathSchema),
  rules: z.array(ruleResultSchema)
});
export type AnalysisReport = z.infer<typeof analysisReportSchema>;

/** The formats that core can write an analysis in. */
export const analysisFormatSchema = z.enum(writtenFormatsOf('analysis'));

/** The name of the written file; null if the dialog was dismissed. */
export const savedSchema = z.object({ savedAs: z.string().nullable() });

const pngSignature = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];
const maxPngBytes = 32 * 1024 ** 2;

/** A picture that the page painted: https://www.w3.org/TR/png/#3PNGsignature. */
export const pngSchema = z
  .instanceof(Uint8Array)
  .refine((bytes) => bytes.length <= maxPngBytes && pngSignature.every((byte, at) => bytes[at] === byte));

export const analysisSnapshotSchema = z.object({
  /** Null until reading begins. */
  progress: analysisProgressSchema.nullable()
});
