import { z } from 'zod';

const bytes = z.number().nonnegative();

/** What one file of a layer looks like. `truncated`: there is more of it than is shown. */
export const filePreviewSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('text'), text: z.string(), sizeBytes: bytes, truncated: z.boolean() }),
  /** Rows of sixteen bytes: offset, hexadecimal, characters. */
  z.object({ kind: z.literal('hex'), rows: z.array(z.string()), sizeBytes: bytes, truncated: z.boolean() }),
  z.object({ kind: z.literal('picture'), mediaType: z.string(), base64: z.string(), sizeBytes: bytes }),
  z.object({ kind: z.literal('empty') }),
  /** Links are not followed: where they lead depends on the other layers. */
  z.object({ kind: z.literal('link'), target: z.string() }),
  /** Devices, pipes, sparse files. */
  z.object({ kind: z.literal('none') })
]);
export type FilePreview = z.infer<typeof filePreviewSchema>;
