import { z } from 'zod';
import { analysisIdSchema, analysisProgressSchema, analysisSourceSchema, imageOriginSchema } from './analysis.ts';
import { maxComparedImages } from '../domain/comparison-limits.ts';
import { writtenFormatsOf } from '../domain/export-formats.ts';
import { imageDetailSchema } from './image.ts';
import { fileCellSchema } from './analysis-overview.ts';
import { remoteImageSchema } from './remote-image.ts';

const count = z.number().int().nonnegative();
const bytes = z.number().nonnegative();

/** The image to compare: as for an analysis, or one in a registry. */
export const comparedSourceSchema = z.discriminatedUnion('kind', [
  ...analysisSourceSchema.options,
  z.object({
    kind: z.literal('registry'),
    reference: z.string().min(1).max(800),
    /** "linux/arm64", for an index with several platforms; null for the engine's, else its first. */
    platform: z.string().max(100).nullable(),
    /** Fetches the layers that are not available locally; without it, none. */
    fetchLayers: z.boolean()
  })
]);
export type ComparedSource = z.infer<typeof comparedSourceSchema>;

/** For an image in a registry: what is known without its layers, and the cost of fetching them. */
export const comparedRemoteSchema = remoteImageSchema
  .pick({ reference: true, host: true, platform: true, compressedBytes: true, rateLimit: true })
  .extend({
    /** Layers that no local image and no cache has; if there are none, the image is compared like any other. */
    missingLayerCount: count,
    /** Compressed size, as transferred. */
    missingBytes: bytes
  });
export type ComparedRemote = z.infer<typeof comparedRemoteSchema>;

/**
 * What happened to a path since the baseline. `changed` has the same size, but another mode, owner, link or kind;
 * `touched` only another time: whether its content differs is known once it is read. `content` has the same size
 * and different content (it was read).
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

/** One row of the file table; `sizes` and `changes` are in the order of the images. */
export const comparedRowSchema = z.object({
  /** Number of the path in the comparison; 0 is the root. */
  node: count,
  name: z.string(),
  isFolder: z.boolean(),
  /** Null for an image that does not have it. */
  sizes: z.array(bytes.nullable()),
  /** Since the baseline; `absent` if neither has it. */
  changes: z.array(pathChangeSchema),
  /**
   * The bytes by which its files differ from the baseline, for the image where they differ most: 5 more and 3 fewer are
   * 8.
   */
  differenceBytes: bytes,
  /** Files and links below it (or itself) that are not identical in all images. */
  changedCount: count
});
export type ComparedRow = z.infer<typeof comparedRowSchema>;

export const comparedLayerSchema = z.object({
  /** The instruction, from the first image that has the layer. */
  command: z.string(),
  /** The layer's index in each image, or null. */
  layers: z.array(
    z
      .object({
        index: count,
        diffId: z.string(),
        /** Uncompressed; null for a layer that only its registry has. */
        sizeBytes: bytes.nullable(),
        /** Compressed size in its registry; null for an image from elsewhere. */
        compressedBytes: bytes.nullable()
      })
      .nullable()
  ),
  /** The images whose layer in this row another image has too; those with the same diffID share one. */
  sharedBy: z.array(count)
});
export type ComparedLayer = z.infer<typeof comparedLayerSchema>;

export const comparedSizesSchema = z.object({
  /** Uncompressed size of each image's layers; null while some are only in a registry. */
  sizes: z.array(bytes.nullable()),
  /** Difference to the baseline; its own is 0, and null if one of the two sizes is unknown. */
  deltas: z.array(z.number().nullable()),
  /** Disk space of all images, each layer counted once, without layers that are only in a registry. */
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

/** One row of the settings table. */
export const comparedSettingSchema = z.object({
  field: settingFieldSchema,
  /** The name of the variable, label or port, or the line number; empty for a field with a single value. */
  key: z.string(),
  /** Null for an image that does not have it. A likely secret is masked unless its value was requested. */
  values: z.array(z.string().nullable()),
  isSame: z.boolean(),
  isMasked: z.boolean()
});
export type ComparedSetting = z.infer<typeof comparedSettingSchema>;

export const packageKindSchema = z.enum(['dpkg', 'apk', 'rpm', 'pip', 'npm']);
export type PackageKind = z.infer<typeof packageKindSchema>;

/** One row of the packages table. */
export const comparedPackageSchema = z.object({
  kind: packageKindSchema,
  name: z.string(),
  /**
   * For each image the installed versions (npm may have several) and the bytes of
   * the files that they own: null if the database does not list files. Null for an image without the package.
   */
  images: z.array(z.object({ versions: z.array(z.string()), ownedBytes: bytes.nullable() }).nullable()),
  isSame: z.boolean()
});
export type ComparedPackage = z.infer<typeof comparedPackageSchema>;

/** A package database that exists and could not be read. */
export const unreadDatabaseSchema = z.object({
  kind: packageKindSchema,
  path: z.string(),
  /** `format`: an unsupported format. */
  reason: z.enum(['format', 'damaged', 'too-large'])
});
export type UnreadDatabase = z.infer<typeof unreadDatabaseSchema>;

/** The installed packages of the images. */
export const comparedPackagesSchema = z.object({
  /** Indexes of the images that rows and totals include: those whose layers are all available. */
  images: z.array(count),
  /** Rows that differ come first. */
  rows: z.array(comparedPackageSchema),
  /** Number of rows beyond the maximum. */
  leftOutCount: count,
  /** For each kind found, per image. A file owned by packages of two kinds counts for both. */
  totals: z.array(
    z.object({ kind: packageKindSchema, images: z.array(z.object({ count, ownedBytes: bytes.nullable() })) })
  ),
  /** `image` is its index among all images. */
  unread: z.array(unreadDatabaseSchema.extend({ image: count }))
});
export type ComparedPackages = z.infer<typeof comparedPackagesSchema>;

/** Main gives each comparison an opaque id. */
export const comparisonRef = z.object({ comparisonId: analysisIdSchema });

/** An image of a comparison by its index in the request. */
export const comparedIndexSchema = z
  .number()
  .int()
  .min(0)
  .max(maxComparedImages - 1);

/** Progress of reading the images, one after the other in their order. */
export const comparisonProgressSchema = z.object({ image: comparedIndexSchema, progress: analysisProgressSchema });
export type ComparisonProgress = z.infer<typeof comparisonProgressSchema>;

/** Summary of a comparison of several images. */
export const comparisonOverviewSchema = z.object({
  images: z.array(
    z.object({
      /** Where the image was read from. */
      source: imageOriginSchema,
      /** Null for an image that is not from a registry. */
      remote: comparedRemoteSchema.nullable(),
      detail: imageDetailSchema,
      fileCount: count,
      /** Bytes that no container sees. */
      hiddenBytes: bytes,
      /** The earlier image to which it is identical, layer by layer; null if there is none. */
      sameAs: comparedIndexSchema.nullable()
    })
  ),
  layers: z.array(comparedLayerSchema),
  totals: comparedSizesSchema,
  /**
   * What files are compared with: the baseline, or the first image whose layers are all available; null if there is
   * none.
   * Images with missing layers are not part of the file comparison.
   */
  filesBaseline: comparedIndexSchema.nullable(),
  /** Files and links that are not identical in all images. */
  changedCount: count,
  /** Settings, except the history, that are not identical in all images. */
  changedSettingCount: count
});
export type ComparisonOverview = z.infer<typeof comparisonOverviewSchema>;

/** The cost of comparing the content of files that have the same size in several images, and whether it was done. */
export const comparedContentsSchema = z.object({
  /** Paths whose sizes alone do not show whether they differ. */
  pathCount: count,
  /** Layer bytes to decompress for it. */
  layerBytes: bytes,
  isRead: z.boolean()
});
export type ComparedContents = z.infer<typeof comparedContentsSchema>;

/** How the file table can be filtered. */
export const shownChangeSchema = pathChangeSchema.exclude(['same', 'absent']);
export type ShownChange = z.infer<typeof shownChangeSchema>;

export const comparedCellsSchema = z.object({ cells: z.array(fileCellSchema) });
export const comparedRowsSchema = z.object({ rows: z.array(comparedRowSchema), rowCount: count });

/** The output of `slipway compare --json`, and the document exported from the window. */
export const comparisonReportSchema = z.object({
  schemaVersion: z.literal(1),
  /** Index of the image that the others are compared with. */
  baseline: comparedIndexSchema,
  images: z.array(
    z.object({
      source: imageOriginSchema,
      tags: z.array(z.string()),
      /** "linux/amd64"; empty if the image does not record it. */
      platform: z.string(),
      /** Uncompressed size of its layers; null while some are only in a registry. */
      sizeBytes: bytes.nullable(),
      /** Its size minus the baseline's; null where one of the two is unknown. */
      deltaBytes: z.number().nullable(),
      /** Compressed size of its layers in their registry; null for an image from elsewhere. */
      compressedBytes: bytes.nullable(),
      /** Null while some layers are only in a registry. */
      fileCount: count.nullable()
    })
  ),
  togetherBytes: bytes,
  sharedByAllBytes: bytes,
  /** Likely secrets in the commands are masked. */
  layers: z.array(comparedLayerSchema),
  /** Settings that are not identical in all images; likely secrets are masked. */
  settings: z.array(comparedSettingSchema),
  /** Files and links that are not identical in all images; `files` has the largest differences of them. */
  changedCount: count,
  files: z.array(comparedRowSchema.omit({ node: true, name: true, isFolder: true }).extend({ path: z.string() })),
  /** Whether files of the same size were compared by content. */
  contentsRead: z.boolean(),
  /** Packages that are not identical in all images, largest difference first, up to a limit; null if none were read. */
  packages: comparedPackagesSchema.extend({ changedCount: count }).nullable()
});
export type ComparisonReport = z.infer<typeof comparisonReportSchema>;

/** The formats that core can write a comparison in. */
export const comparisonFormatSchema = z.enum(writtenFormatsOf('comparison'));

export const comparisonSnapshotSchema = z.object({
  /** Progress of the image being read, after the ones before it; null until reading begins. */
  progress: comparisonProgressSchema.nullable()
});
