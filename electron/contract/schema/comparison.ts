import { z } from 'zod';
import { analysisIdSchema, analysisProgressSchema, analysisSourceSchema, imageOriginSchema } from './analysis.ts';
import { maxComparedImages } from '../domain/comparison-limits.ts';
import { writtenFormatsOf } from '../domain/export-formats.ts';
import { imageDetailSchema } from './image.ts';
import { fileCellSchema } from './analysis-overview.ts';
import { remoteImageSchema } from './remote-image.ts';

const count = z.number().int().nonnegative();
const bytes = z.number().nonnegative();

/** Which image is to be compared: as for an analysis, or one that stays in its registry. */
export const comparedSourceSchema = z.discriminatedUnion('kind', [
  ...analysisSourceSchema.options,
  z.object({
    kind: z.literal('registry'),
    reference: z.string().min(1).max(800),
    /** "linux/arm64", of an index that has several; null takes the engine's, else its first. */
    platform: z.string().max(100).nullable(),
    /** Fetches the layers that are nowhere here; without it none is. */
    fetchLayers: z.boolean()
  })
]);
export type ComparedSource = z.infer<typeof comparedSourceSchema>;

/** Of an image that stays in its registry: what is told of it without its layers, and what fetching them would take. */
export const comparedRemoteSchema = remoteImageSchema
  .pick({ reference: true, host: true, platform: true, compressedBytes: true, rateLimit: true })
  .extend({
    /** Layers that no image here and no cache has; without any the image is compared like every other one. */
    missingLayerCount: count,
    /** As they would travel, compressed. */
    missingBytes: bytes
  });
export type ComparedRemote = z.infer<typeof comparedRemoteSchema>;

/**
 * What became of a path since the baseline. `changed` has the same size, but another mode, owner, link or kind;
 * `touched` only another time: whether its content differs is known once it has been read. `content` has the same size
 * and, as was read, another content.
 */
export const pathChangeSchema = z.enum([
  'same',
  'added',
  'removed',
  'grown',
  'shrunk',
  'changed',
  'touched',
  'content',
  'absent'
]);
export type PathChange = z.infer<typeof pathChangeSchema>;

/** One line of the table of files; `sizes` and `changes` are in the order of the images. */
export const comparedRowSchema = z.object({
  /** Number of the path in the comparison; 0 is the root. */
  node: count,
  name: z.string(),
  isFolder: z.boolean(),
  /** Null in an image that does not have it. */
  sizes: z.array(bytes.nullable()),
  /** Since the baseline; `absent` where neither has it. */
  changes: z.array(pathChangeSchema),
  /** The bytes by which its files differ from the baseline, in the image where that is most: 5 more and 3 fewer are 8. */
  differenceBytes: bytes,
  /** Files and links below it (or itself) that are not the same everywhere. */
  changedCount: count
});
export type ComparedRow = z.infer<typeof comparedRowSchema>;

export const comparedLayerSchema = z.object({
  /** The instruction, of the first image that has the layer. */
  command: z.string(),
  /** For each image its layer here, or null. */
  layers: z.array(
    z
      .object({
        index: count,
        diffId: z.string(),
        /** Unpacked; null for a layer that only its registry has. */
        sizeBytes: bytes.nullable(),
        /** As its registry has it; null of an image that is not read from one. */
        compressedBytes: bytes.nullable()
      })
      .nullable()
  ),
  /** The images in which it is the very same layer; empty when no two are. */
  sharedBy: z.array(count)
});
export type ComparedLayer = z.infer<typeof comparedLayerSchema>;

export const comparedSizesSchema = z.object({
  /** What each image's layers hold, unpacked; null while some of them are only in a registry. */
  sizes: z.array(bytes.nullable()),
  /** To the baseline; its own is 0, and null where one of the two sizes is not known. */
  deltas: z.array(z.number().nullable()),
  /** What all of them take together, each layer once, without layers that are only in a registry. */
  togetherBytes: bytes,
  /** Layers that every image has. */
  sharedByAllBytes: bytes
});
export type ComparedSizes = z.infer<typeof comparedSizesSchema>;

export const settingFieldSchema = z.enum([
  'env',
  'entrypoint',
  'cmd',
  'user',
  'workdir',
  'ports',
  'volumes',
  'labels',
  'healthcheck',
  'platform',
  'history'
]);
export type SettingField = z.infer<typeof settingFieldSchema>;

/** One setting side by side. */
export const comparedSettingSchema = z.object({
  field: settingFieldSchema,
  /** The variable's, label's or port's name, or the line's number; empty for a field that is one value. */
  key: z.string(),
  /** Null where an image does not have it. A value that looks secret is masked unless it was asked for. */
  values: z.array(z.string().nullable()),
  isSame: z.boolean(),
  isMasked: z.boolean()
});
export type ComparedSetting = z.infer<typeof comparedSettingSchema>;

export const packageKindSchema = z.enum(['dpkg', 'apk', 'rpm', 'pip', 'npm']);
export type PackageKind = z.infer<typeof packageKindSchema>;

/** One package side by side. */
export const comparedPackageSchema = z.object({
  kind: packageKindSchema,
  name: z.string(),
  /**
   * For each of these images the versions that are there (npm may have several) and the bytes of
   * the files they own: null when the database does not list files. Null for an image without the package.
   */
  images: z.array(z.object({ versions: z.array(z.string()), ownedBytes: bytes.nullable() }).nullable()),
  isSame: z.boolean()
});
export type ComparedPackage = z.infer<typeof comparedPackageSchema>;

/** A database of packages that is there and could not be read. */
export const unreadDatabaseSchema = z.object({
  kind: packageKindSchema,
  path: z.string(),
  /** `format`: it is none that is read here. */
  reason: z.enum(['format', 'damaged', 'too-large'])
});
export type UnreadDatabase = z.infer<typeof unreadDatabaseSchema>;

/** What is installed in the images, side by side. */
export const comparedPackagesSchema = z.object({
  /** What rows and totals tell of, by its places: the images whose layers are all here. */
  images: z.array(count),
  /** Those that differ first. */
  rows: z.array(comparedPackageSchema),
  /** Rows beyond what can be looked through. */
  leftOutCount: count,
  /** Of each kind that is there, for each image. A file that packages of two kinds own is counted by both. */
  totals: z.array(
    z.object({ kind: packageKindSchema, images: z.array(z.object({ count, ownedBytes: bytes.nullable() })) })
  ),
  /** `image` is its place among all. */
  unread: z.array(unreadDatabaseSchema.extend({ image: count }))
});
export type ComparedPackages = z.infer<typeof comparedPackagesSchema>;

/** Main gives each comparison an opaque id. */
export const comparisonRef = z.object({ comparisonId: analysisIdSchema });

/** An image of a comparison by its place in the order in which they were asked for. */
export const comparedIndexSchema = z
  .number()
  .int()
  .min(0)
  .max(maxComparedImages - 1);

/** How far reading the images has come: they are read one after the other, in their order. */
export const comparisonProgressSchema = z.object({ image: comparedIndexSchema, progress: analysisProgressSchema });
export type ComparisonProgress = z.infer<typeof comparisonProgressSchema>;

/** What is shown at once of several images side by side. */
export const comparisonOverviewSchema = z.object({
  images: z.array(
    z.object({
      /** Where it was read from. */
      source: imageOriginSchema,
      /** Null of an image that is not read from a registry. */
      remote: comparedRemoteSchema.nullable(),
      detail: imageDetailSchema,
      fileCount: count,
      /** What no container sees. */
      hiddenBytes: bytes,
      /** The image before it of which it is the very same, layer by layer; null when there is none. */
      sameAs: comparedIndexSchema.nullable()
    })
  ),
  layers: z.array(comparedLayerSchema),
  totals: comparedSizesSchema,
  /**
   * What files are measured against: the baseline, or the first image whose layers are all here; null when none's are. An
   * image with missing layers has no part in the files.
   */
  filesBaseline: comparedIndexSchema.nullable(),
  /** Files and links that are not the same everywhere. */
  changedCount: count,
  /** Settings, history aside, that are not the same everywhere. */
  changedSettingCount: count
});
export type ComparisonOverview = z.infer<typeof comparisonOverviewSchema>;

/** What reading the content of files that have the same size in several images takes, and whether it was done. */
export const comparedContentsSchema = z.object({
  /** Paths at which the size alone does not tell. */
  pathCount: count,
  /** What the layers hold that are unpacked for it. */
  layerBytes: bytes,
  isRead: z.boolean()
});
export type ComparedContents = z.infer<typeof comparedContentsSchema>;

/** What the table of files may be narrowed to. */
export const shownChangeSchema = pathChangeSchema.exclude(['same', 'absent']);
export type ShownChange = z.infer<typeof shownChangeSchema>;

export const comparedCellsSchema = z.object({ cells: z.array(fileCellSchema) });
export const comparedRowsSchema = z.object({ rows: z.array(comparedRowSchema), rowCount: count });

/** What `slipway compare --json` prints, and what is exported from the window. */
export const comparisonReportSchema = z.object({
  schemaVersion: z.literal(1),
  /** The image that the others are measured against, by its place. */
  baseline: comparedIndexSchema,
  images: z.array(
    z.object({
      source: imageOriginSchema,
      tags: z.array(z.string()),
      /** "linux/amd64"; empty when the image does not tell. */
      platform: z.string(),
      /** What its layers contain, uncompressed; null while some are only in a registry. */
      sizeBytes: bytes.nullable(),
      /** Its size minus the baseline's; null where one of the two is unknown. */
      deltaBytes: z.number().nullable(),
      /** Of its layers as its registry has them; null of an image that is not read from one. */
      compressedBytes: bytes.nullable(),
      /** Null while some layers are only in a registry. */
      fileCount: count.nullable()
    })
  ),
  togetherBytes: bytes,
  sharedByAllBytes: bytes,
  /** What looks secret in their commands is masked. */
  layers: z.array(comparedLayerSchema),
  /** Settings that are not the same everywhere; what looks secret is masked. */
  settings: z.array(comparedSettingSchema),
  /** Files and links that are not the same everywhere; `files` has the largest differences of them. */
  changedCount: count,
  files: z.array(comparedRowSchema.omit({ node: true, name: true, isFolder: true }).extend({ path: z.string() })),
  /** Whether files of the same size were compared by their content. */
  contentsRead: z.boolean(),
  /** Packages that are not the same everywhere, the largest difference first, within bounds; null while none were read. */
  packages: comparedPackagesSchema.extend({ changedCount: count }).nullable()
});
export type ComparisonReport = z.infer<typeof comparisonReportSchema>;

/** What core can write a comparison as. */
export const comparisonFormatSchema = z.enum(writtenFormatsOf('comparison'));

export const comparisonSnapshotSchema = z.object({
  /** Of the image that is being read, those before it being done; null until reading has begun. */
  progress: comparisonProgressSchema.nullable()
});
