import { z } from 'zod';

/** Images being transferred between the engine and a file. */
export const transferEventSchema = z.discriminatedUnion('kind', [
  /** What is transferred, and the file's name without its folder. Comes first. */
  z.object({
    kind: z.literal('started'),
    direction: z.enum(['save', 'load']),
    images: z.array(z.string()),
    file: z.string()
  }),
  /** `totalBytes` is null if unknown in advance: an engine does not report the size of an export. */
  z.object({ kind: z.literal('progress'), doneBytes: z.number(), totalBytes: z.number().nullable() })
]);
export type TransferEvent = z.infer<typeof transferEventSchema>;

export const transferSnapshotSchema = z.object({
  direction: z.enum(['save', 'load']),
  images: z.array(z.string()),
  file: z.string(),
  doneBytes: z.number(),
  /** Null while unknown: an engine does not report the size of an export. */
  totalBytes: z.number().nullable()
});
export type TransferSnapshot = z.infer<typeof transferSnapshotSchema>;

export const transferResultSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('saved'), file: z.string(), sizeBytes: z.number() }),
  /** The names of the loaded images, ids for unnamed ones. */
  z.object({ kind: z.literal('loaded'), file: z.string(), images: z.array(z.string()) })
]);
export type TransferResult = z.infer<typeof transferResultSchema>;
