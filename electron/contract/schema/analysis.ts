import { z } from 'zod';
import { writtenFormatsOf } from '../domain/export-formats.ts';

const count = z.number().int().nonnegative();
const bytes = z.number().nonnegative();

/** Main gives each analysis and each opened archive an opaque id. */
export const analysisIdSchema = z.string().regex(/^[a-z0-9-]{8,64}$/);
export const archiveIdSchema = z.string().regex(/^[a-z0-9-]{8,64}$/);

/** Which image is to be looked into: one of the engine, or one of an archive that was opened. */
export const analysisSourceSchema = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('engine'),
    image: z.string().min(1).max(512),
    /** Recorded build whose lines the layers are joined with; null for none. */
    buildId: z.string().max(100).nullable()
  }),
  z.object({
    kind: z.literal('archive'),
    archiveId: archiveIdSchema,
    /** "linux/arm64", of an archive that holds several; null takes this machine's. */
    platform: z.string().max(100).nullable(),
    /** A name in the archive; null takes the first. */
    reference: z.string().max(512).nullable()
  })
]);
export type AnalysisSource = z.infer<typeof analysisSourceSchema>;

/** One image of an archive with several. The platform is empty when unknown, the reference null for one without a name. */
export const archiveChoiceSchema = z.object({ platform: z.string(), reference: z.string().nullable() });
export type ArchiveChoice = z.infer<typeof archiveChoiceSchema>;

/** How far reading an image has come. An engine may take seconds before its first byte: it is `waiting` until then. */
export const analysisProgressSchema = z.object({
  phase: z.enum(['waiting', 'reading', 'merging']),
  readBytes: bytes,
  /** Null where the source does not tell how much will come. */
  totalBytes: bytes.nullable()
});
export type AnalysisProgress = z.infer<typeof analysisProgressSchema>;

export const analyzedLayerSchema = z.object({
  /** 0 is the base. */
  index: count,
  /** sha256 of the unpacked layer; verified. */
  diffId: z.string(),
  /** sha256 of the layer as it is stored, verified; null when no manifest lists it. */
  digest: z.string().nullable(),
  /** The instruction that made it, as a person would write it; empty when the image does not tell. */
  command: z.string(),
  /** The same as the image's history has it. Possible secrets are masked in both. */
  createdBy: z.string(),
  compression: z.enum(['none', 'gzip', 'zstd']),
  /** What its files hold, unpacked; hard links count once. */
  sizeBytes: bytes,
  /** As it was stored in the archive. */
  storedBytes: bytes,
  /** Entries, folders included, relative to the layers below. A folder that was there alike is `unchanged`. */
  added: count,
  modified: count,
  /** Removed paths; a folder counts once. */
  removed: count,
  unchanged: count,
  /** The same without folders; removed ones are counted inside removed folders too. */
  addedFiles: count,
  modifiedFiles: count,
  removedFiles: count,
  /** What the removed files held. */
  hiddenBytes: bytes
});
export type AnalyzedLayer = z.infer<typeof analyzedLayerSchema>;

/** A path that more than one layer holds. Bytes of a name that are no UTF-8 are written \xNN. */
export const inefficientPathSchema = z.object({
  path: z.string(),
  times: count,
  /** What all layers together hold for it. */
  sizeBytes: bytes,
  layers: z.array(count)
});

/** One of dive's three rules, and whether the image keeps it. https://github.com/wagoodman/dive#ci-integration */
export const ruleResultSchema = z.object({
  rule: z.enum(['lowestEfficiency', 'highestWastedBytes', 'highestUserWastedPercent']),
  outcome: z.enum(['passed', 'failed', 'disabled']),
  /** What the rule says, in bytes or as a fraction; null for a disabled one. */
  threshold: z.number().nullable(),
  actual: z.number()
});
export type RuleResult = z.infer<typeof ruleResultSchema>;

/** Where an image was read from, and what it is called there. */
export const imageOriginSchema = z.object({
  kind: z.enum(['archive', 'folder', 'engine', 'registry']),
  name: z.string()
});

/** What `slipway analyze --json` prints, and what is exported from the window. */
export const analysisReportSchema = z.object({
  schemaVersion: z.literal(1),
  source: imageOriginSchema,
  tags: z.array(z.string()),
  /** "linux/amd64"; empty when the image does not tell. */
  platform: z.string(),
  /** The image ID; null when the archive does not name its config by digest. */
  configDigest: z.string().nullable(),
  /** Null for an archive without manifests, as older versions of "docker save" write. */
  manifestDigest: z.string().nullable(),
  /** What all layers hold. */
  imageSizeBytes: bytes,
  /** The same without the first layer. */
  userSizeBytes: bytes,
  /** All that is stored for paths that more than one layer holds: dive's wasted bytes. */
  wastedBytes: bytes,
  /** wastedBytes to userSizeBytes, which may be more than 1; 1 when all that is wasted is in the first layer. */
  wastedUserFraction: z.number().nonnegative(),
  /** dive's efficiency, 0 to 1. */
  efficiency: z.number().min(0).max(1),
  /** What is no folder in the image's file system, as a container sees it. */
  fileCount: count,
  /** What layers hold that no container sees: a later layer removed it or put something else in its place. */
  hiddenBytes: bytes,
  /** Entries of all layers, whiteouts included. */
  entryCount: count,
  layers: z.array(analyzedLayerSchema),
  /** The most wasteful first. */
  inefficientPaths: z.array(inefficientPathSchema),
  rules: z.array(ruleResultSchema)
});
export type AnalysisReport = z.infer<typeof analysisReportSchema>;

/** What core can write an analysis as. */
export const analysisFormatSchema = z.enum(writtenFormatsOf('analysis'));

/** The name of the file that was written; null when the dialog was dismissed. */
export const savedSchema = z.object({ savedAs: z.string().nullable() });

const pngSignature = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];
const maxPngBytes = 32 * 1024 ** 2;

/** A picture that the page painted: https://www.w3.org/TR/png/#3PNGsignature. */
export const pngSchema = z
  .instanceof(Uint8Array)
  .refine((bytes) => bytes.length <= maxPngBytes && pngSignature.every((byte, at) => bytes[at] === byte));

export const analysisSnapshotSchema = z.object({
  /** Null until reading has begun. */
  progress: analysisProgressSchema.nullable()
});
