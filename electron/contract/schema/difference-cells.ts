import { z } from 'zod';
import { pathChangeSchema } from './comparison.ts';

const count = z.number().int().nonnegative();
const bytes = z.number().nonnegative();

/** One cell of the treemap of differences; parents come before children. */
export const differenceCellSchema = z.object({
  /** Index of the parent cell; -1 for the first. */
  parent: z.number().int().min(-1),
  kind: z.enum(['folder', 'file', 'other']),
  /** Number of the path in the comparison; for an `other` cell that of the directory that contains its items. */
  node: count,
  /** "/usr/lib"; empty for the root. */
  path: z.string(),
  /** Its area: the bytes by which its files differ, added and removed bytes together. */
  sizeBytes: bytes,
  moreBytes: bytes,
  fewerBytes: bytes,
  /** Null if that image does not have the path, and for an `other` cell. */
  beforeBytes: bytes.nullable(),
  /** As beforeBytes, of the image that is compared with the baseline. */
  afterBytes: bytes.nullable(),
  change: pathChangeSchema,
  /** Files and links below it, or itself, whose size differs. */
  fileCount: count,
  /** Of an `other` cell: the number of files and directories in it; else 0. */
  itemCount: count
});
export type DifferenceCell = z.infer<typeof differenceCellSchema>;

export const differenceCellsSchema = z.object({
  cells: z.array(differenceCellSchema),
  /** From the root to the displayed directory. */
  crumbs: z.array(z.object({ node: count, name: z.string() })),
  /** Of the complete image. */
  moreBytes: bytes,
  fewerBytes: bytes
});
export type DifferenceCells = z.infer<typeof differenceCellsSchema>;
