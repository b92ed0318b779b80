import { z } from 'zod';
import { fileKinds } from '../domain/file-kinds.ts';
import { nodeKinds } from '../domain/node-kinds.ts';
import {
  analyzedLayerSchema,
  analysisIdSchema,
  analysisReportSchema,
  inefficientPathSchema,
  archiveChoiceSchema
} from './analysis.ts';
import { appErrorSchema } from './error.ts';
import { imageDetailSchema } from './image.ts';

const count = z.number().int().nonnegative();
const bytes = z.number().nonnegative();
/** A layer by its index, 0 the base; -1 where none is meant. */
const layer = z.number().int().min(-1).max(10_000);
/** A path of the image by its number in the analysis; 0 is the root, -1 where none is meant. */
const node = z.number().int().min(-1);

export const analysisRef = z.object({ analysisId: analysisIdSchema });

/** Text or glob that paths are searched by; null or empty shows all. */
const query = z.string().max(500).nullable();

/** What a layer does to a path, relative to the layers below it. */
export const changeKindSchema = z.enum(['unchanged', 'added', 'modified', 'removed']);
export type ChangeKind = z.infer<typeof changeKindSchema>;

/** What is shown at once of an image that was read: its numbers, its history, its worst waste. */
export const analysisOverviewSchema = z.object({
  report: analysisReportSchema.omit({ inefficientPaths: true, layers: true }),
  layers: z.array(analyzedLayerSchema),
  /** The history with the sizes that the layers really hold. */
  image: imageDetailSchema,
  /** What an archive holds to choose from; this image among them. */
  choices: z.array(archiveChoiceSchema),
  /** The most wasteful first, at most a thousand. */
  inefficientPaths: z.array(inefficientPathSchema),
  inefficientPathCount: count,
  /** Why the project's rules could not be read; null when they were, or when there are none. */
  rulesError: appErrorSchema.nullable(),
  /** Where the rules come from: the project's `.dive-ci`, or dive's defaults. */
  rulesFrom: z.enum(['project', 'defaults'])
});
export type AnalysisOverview = z.infer<typeof analysisOverviewSchema>;

/** A place in the treemap: the image (layer -1), the base image's layers (-2), a layer (node 0) or a path in one. */
export const cellFocusSchema = z.object({ layer: z.number().int().min(-2).max(10_000), node });
export type CellFocus = z.infer<typeof cellFocusSchema>;

export const cellsInputSchema = analysisRef.extend({
  focus: cellFocusSchema,
  /** What is a smaller share of the focus is gathered into one cell beside its neighbours. */
  minShare: z.number().min(0).max(1),
  /** A folder is drawn as one cell unless it is a larger share of the focus. */
  splitShare: z.number().min(0).max(1),
  query
});

/** One cell of the treemap; a parent comes before its children, and a cell without children is drawn filled. */
export const fileCellSchema = z.object({
  /** Index of the cell around it; -1 for the first. */
  parent: z.number().int().min(-1),
  kind: z.enum(['image', 'base', 'layer', 'folder', 'file', 'other']),
  layer,
  /** Of a `rest`: the folder that its items are in. */
  node,
  /** Path in the image, "/usr/lib"; of a `rest` its folder's; empty for image, base and layer. */
  path: z.string(),
  sizeBytes: bytes,
  /** Of these, what a later layer hides. */
  hiddenBytes: bytes,
  /** Of these, what the search finds; all without a search. */
  matchedBytes: bytes,
  fileCount: count,
  /** Of a `rest`: how many files and folders it gathers; else 0. */
  itemCount: count,
  change: changeKindSchema,
  /** A file's, or what most of a folder's bytes are. */
  fileKind: z.enum(fileKinds),
  /** A file's, or the newest in a folder; seconds since 1970. */
  mtimeSeconds: z.number(),
  /** Permission bits, and who owns it; 0 where no entry tells. */
  mode: z.number().int(),
  uid: z.number(),
  gid: z.number()
});
export type FileCell = z.infer<typeof fileCellSchema>;

/** What a search found in the whole image, each version of a path that a layer holds. */
export const matchTotalsSchema = z.object({ fileCount: count, sizeBytes: bytes });
export type MatchTotals = z.infer<typeof matchTotalsSchema>;

export const cellsSchema = z.object({
  cells: z.array(fileCellSchema),
  /** From the image to the focus, for the way back; the layer's name stands in the history. */
  crumbs: z.array(cellFocusSchema.extend({ name: z.string() })),
  /** Null without a search. */
  matched: matchTotalsSchema.nullable()
});
export type Cells = z.infer<typeof cellsSchema>;

/** Which files a tree shows: one layer's own, or all that are there once it is stacked. */
export const treeScopeSchema = z.object({ kind: z.enum(['layer', 'merged']), layer: count });
export type TreeScope = z.infer<typeof treeScopeSchema>;

export const rowOrderSchema = z.enum(['size', 'name', 'modified', 'files']);
export type RowOrder = z.infer<typeof rowOrderSchema>;

export const rowsInputSchema = analysisRef.extend({
  scope: treeScopeSchema,
  folder: node,
  order: rowOrderSchema,
  /** Only what has one of these changes, and the folders on the way to it. */
  changes: z.array(changeKindSchema).max(4),
  query,
  start: count,
  limit: z.number().int().min(1).max(2000)
});

export const nodeKindSchema = z.enum(nodeKinds);

/** One line of the files tree. */
export const treeRowSchema = z.object({
  node,
  name: z.string(),
  /** `implied` is a folder that no entry tells. */
  kind: nodeKindSchema,
  change: changeKindSchema,
  /** -1 when no layer tells the folder. */
  layer,
  sizeBytes: bytes,
  fileCount: count,
  hasChildren: z.boolean(),
  mode: z.number().int(),
  uid: z.number(),
  gid: z.number(),
  mtimeSeconds: z.number(),
  /** Empty for what is no link. */
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

/** All that is told of one path in one layer. */
export const pathDetailSchema = treeRowSchema.omit({ hasChildren: true }).extend({
  path: z.string(),
  /** The folders on the way, the root first; the path itself is not among them. */
  ancestors: z.array(node),
  /** The later layer that removed or replaced it; null when none did. */
  hiddenByLayer: count.nullable(),
  /** Every layer that holds the path, in order, with its size there; a removal counts 0 bytes. */
  versions: z.array(z.object({ layer: count, change: changeKindSchema, sizeBytes: bytes }))
});
export type PathDetail = z.infer<typeof pathDetailSchema>;
