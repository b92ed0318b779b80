import { z } from 'zod';

/** Images on their way between the engine and a file. */
export const transferEventSchema = z.discriminatedUnion('kind', [
  /** What is moved, and the file's name without its folder. Comes first. */
  z.object({
    kind: z.literal('started'),
    direction: z.enum(['save', 'load']),
    images: z.array(z.string()),
    file: z.string()
  }),
  /** `totalBytes` is null where only the end tells: an engine does not say how large its export will be. */
  z.object({ kind: z.literal('progress'), doneBytes: z.number(), totalBytes: z.number().nullable() })
]);
export type TransferEvent = z.infer<typeof transferEventSchema>;

export const transferSnapshotSchema = z.object({
  direction: z.enum(['save', 'load']),
  images: z.array(z.string()),
  file: z.string(),
  doneBytes: z.number(),
  /** Null while unknown: an engine does not report the size of its export. */
  totalBytes: z.number().nullable()
});
export type TransferSnapshot = z.infer<typeof transferSnapshotSchema>;

export const transferResultSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('saved'), file: z.string(), sizeBytes: z.number() }),
  /** The names of what the archive brought, ids for what had none. */
  z.object({ kind: z.literal('loaded'), file: z.string(), images: z.array(z.string()) })
]);
export type TransferResult = z.infer<typeof transferResultSchema>;
