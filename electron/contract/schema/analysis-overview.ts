import { z } from 'zod';
import { fileKinds } from '../domain/file-kinds.ts';
import { nodeKinds } from '../domain/node-kinds.ts';
import {
  analyzedLayerSchema,
  analysisIdSchema,
  analysisReportSchema,
  savingSchema,
  inefficientPathSchema,
  archiveChoiceSchema
} from './analysis.ts';
import { appErrorSchema } from './error.ts';
import { imageDetailSchema } from './image.ts';

const count = z.number().int().nonnegative();
/** No image has that many layers; a larger number would only cost time. */
const layerIndex = z.number().int().min(0).max(10_000);
const bytes = z.number().nonnegative();
/** A layer by its index, 0 the base; -1 for none. */
const layer = z.number().int().min(-1).max(10_000);
/** A path of the image by its number in the analysis; 0 is the root, -1 is none. */
const node = z.number().int().min(-1);

export const analysisRef = z.object({ analysisId: analysisIdSchema });

/** Text or glob to search paths by; null or empty matches all. */
const query = z.string().max(500).nullable();

/** What a layer does to a path, relative to the layers below it. */
export const changeKindSchema = z.enum(['unchanged', 'added', 'modified', 'removed']);
export type ChangeKind = z.infer<typeof changeKindSchema>;

/** Summary of an analyzed image: its numbers, history and largest waste. */
export const analysisOverviewSchema = z.object({
  report: analysisReportSchema.omit({ inefficientPaths: true, layers: true, savings: true }),
  layers: z.array(analyzedLayerSchema),
  /** The history with the sizes measured in the layers. */
  image: imageDetailSchema,
  /** The images to choose from in an archive; includes this one. */
  choices: z.array(archiveChoiceSchema),
  /** What is removable, by rule; at most a thousand paths of each. */
  savings: z.array(savingSchema.extend({ pathCount: count })),
  /** The most wasteful paths first, at most a thousand. */
  inefficientPaths: z.array(inefficientPathSchema),
  inefficientPathCount: count,
  /** Why the project's rules could not be read; null if they were, or if there are none. */
  rulesError: appErrorSchema.nullable(),
  /** Source of the rules: the project's `.dive-ci`, or dive's defaults. */
  rulesFrom: z.enum(['project', 'defaults'])
});
export type AnalysisOverview = z.infer<typeof analysisOverviewSchema>;

/** A position in the treemap: the image (layer -1), the base image's layers (-2), a layer (node 0) or a path in one. */
export const cellFocusSchema = z.object({ layer: z.number().int().min(-2).max(10_000), node });
export type CellFocus = z.infer<typeof cellFocusSchema>;

export const cellsInputSchema = analysisRef.extend({
  focus: cellFocusSchema,
  /** Items with a smaller share of the focus are grouped into one cell next to their siblings. */
  minShare: z.number().min(0).max(1),
  /** A directory is drawn as one cell unless its share of the focus is larger. */
  splitShare: z.number().min(0).max(1),
  query
});

/** One cell of the treemap; parents come before children, and a cell without children is drawn filled. */
export const fileCellSchema = z.object({
  /** Index of the parent cell; -1 for the first. */
  parent: z.number().int().min(-1),
  kind: z.enum(['image', 'base', 'layer', 'folder', 'file', 'other']),
  layer,
  /** Of an `other` cell: the directory that contains its items. */
  node,
  /** Path in the image, "/usr/lib"; for an `other` cell its directory's; empty for image, base and layer. */
  path: z.string(),
  sizeBytes: bytes,
  /** The bytes of these that a later layer hides. */
  hiddenBytes: bytes,
  /** The bytes of these that a fix can remove; without hidden bytes. */
  removableBytes: bytes,
  /** The bytes of these that match the search; all without a search. */
  matchedBytes: bytes,
  fileCount: count,
  /** Of an `other` cell: the number of files and directories in it; else 0. */
  itemCount: count,
  change: changeKindSchema,
  /** A file's kind, or the kind of most of a directory's bytes. */
  fileKind: z.enum(fileKinds),
  /** A file's, or the newest in a directory; seconds since 1970. */
  mtimeSeconds: z.number(),
  /** Permission bits and owner; 0 if there is no entry. */
  mode: z.number().int(),
  uid: z.number(),
  gid: z.number()
});
export type FileCell = z.infer<typeof fileCellSchema>;

/** Search results in the complete image, counting each version of a path in a layer. */
export const matchTotalsSchema = z.object({ fileCount: count, sizeBytes: bytes });
export type MatchTotals = z.infer<typeof matchTotalsSchema>;

export const cellsSchema = z.object({
  cells: z.array(fileCellSchema),
  /** From the image to the focus, as breadcrumbs; the layer's name is in the history. */
  crumbs: z.array(cellFocusSchema.extend({ name: z.string() })),
  /** Null without a search. */
  matched: matchTotalsSchema.nullable()
});
export type Cells = z.infer<typeof cellsSchema>;

/** Which files a tree lists: those of one layer, or the merged file system. */
export const treeScopeSchema = z.object({ kind: z.enum(['layer', 'merged']), layer: layerIndex });
export type TreeScope = z.infer<typeof treeScopeSchema>;

export const rowOrderSchema = z.enum(['size', 'name', 'modified', 'files']);
export type RowOrder = z.infer<typeof rowOrderSchema>;

export const rowsInputSchema = analysisRef.extend({
  scope: treeScopeSchema,
  folder: node,
  order: rowOrderSchema,
  /** Only entries with one of these changes, and their parent directories. */
  changes: z.array(changeKindSchema).max(4),
  query,
  start: count,
  limit: z.number().int().min(1).max(2000)
});

export const nodeKindSchema = z.enum(nodeKinds);

/** One row of the file tree. */
export const treeRowSchema = z.object({
  node,
  name: z.string(),
  /** `implied` is a directory without an entry. */
  kind: nodeKindSchema,
  change: changeKindSchema,
  /** -1 if the directory has no entry in a layer. */
  layer,
  sizeBytes: bytes,
  fileCount: count,
  hasChildren: z.boolean(),
  mode: z.number().int(),
  uid: z.number(),
  gid: z.number(),
  mtimeSeconds: z.number(),
  /** Empty unless it is a link. */
  linkTarget: z.string()
});
export type TreeRow = z.infer<typeof treeRowSchema>;

export const rowsSchema = z.object({
  rows: z.array(treeRowSchema),
  rowCount: count,
  /** Null without a search. */
  matched: matchTotalsSchema.nullable()
});
export type Rows = z.infer<typeof rowsSchema>;

/** Details of one path in one layer. */
export const pathDetailSchema = treeRowSchema.omit({ hasChildren: true }).extend({
  path: z.string(),
  /** The parent directories, root first, without the path itself. */
  ancestors: z.array(node),
  /** The later layer that removed or replaced it; null if none did. */
  hiddenByLayer: count.nullable(),
  /** Every layer that has the path, in order, with its size there; a removal counts 0 bytes. */
  versions: z.array(z.object({ layer: count, change: changeKindSchema, sizeBytes: bytes }))
});
export type PathDetail = z.infer<typeof pathDetailSchema>;
