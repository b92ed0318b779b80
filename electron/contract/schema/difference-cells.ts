import { z } from 'zod';
import { pathChangeSchema } from './comparison.ts';

const count = z.number().int().nonnegative();
const bytes = z.number().nonnegative();

/** One cell of the treemap of what differs; a parent comes before its children. */
export const differenceCellSchema = z.object({
  /** Index of the cell around it; -1 for the first. */
  parent: z.number().int().min(-1),
  kind: z.enum(['folder', 'file', 'other']),
  /** Number of the path in the comparison; of a `rest` that of the folder that its items are in. */
  node: count,
  /** "/usr/lib"; empty for the root. */
  path: z.string(),
  /** Its area: the bytes by which its files differ, those that are more and those that are fewer together. */
  sizeBytes: bytes,
  moreBytes: bytes,
  fewerBytes: bytes,
  /** Null where that image does not have the path, and for a `rest`. */
  beforeBytes: bytes.nullable(),
  /** As beforeBytes, of the image that is compared with the baseline. */
  afterBytes: bytes.nullable(),
  change: pathChangeSchema,
  /** Files and links below it, or itself, that have another size. */
  fileCount: count,
  /** Of a `rest`: how many files and folders it gathers; else 0. */
  itemCount: count
});
export type DifferenceCell = z.infer<typeof differenceCellSchema>;

export const differenceCellsSchema = z.object({
  cells: z.array(differenceCellSchema),
  /** From the root to where the picture is. */
  crumbs: z.array(z.object({ node: count, name: z.string() })),
  /** Of the whole image. */
  moreBytes: bytes,
  fewerBytes: bytes
});
export type DifferenceCells = z.infer<typeof differenceCellsSchema>;
