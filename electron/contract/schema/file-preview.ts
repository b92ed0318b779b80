import { z } from 'zod';

const bytes = z.number().nonnegative();

/** A preview of one file of a layer. `truncated`: the file is longer than the preview. */
export const filePreviewSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('text'), text: z.string(), sizeBytes: bytes, truncated: z.boolean() }),
  /** Rows of sixteen bytes: offset, hexadecimal, characters. */
  z.object({ kind: z.literal('hex'), rows: z.array(z.string()), sizeBytes: bytes, truncated: z.boolean() }),
  z.object({ kind: z.literal('picture'), mediaType: z.string(), base64: z.string(), sizeBytes: bytes }),
  z.object({ kind: z.literal('empty') }),
  /** Links are not followed: their targets depend on the other layers. */
  z.object({ kind: z.literal('link'), target: z.string() }),
  /** Devices, pipes, sparse files. */
  z.object({ kind: z.literal('none') })
]);
export type FilePreview = z.infer<typeof filePreviewSchema>;
