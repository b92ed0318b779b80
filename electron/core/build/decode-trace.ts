import { z } from 'zod';
import { AppError } from '../util/app-error.ts';
import { statusResponse } from './grpc-messages.ts';

const timestampSchema = z
  .object({ seconds: z.number().default(0), nanos: z.number().default(0) })
  .transform(({ seconds, nanos }) => Math.round(seconds * 1000 + nanos / 1e6))
  .nullish()
  .transform((time) => time ?? null);

const name = z.string().default('');
const bytes = z.instanceof(Uint8Array).default(() => new Uint8Array());

const traceSchema = z.object({
  vertexes: z
    .array(
      z.object({
        digest: name,
        inputs: z.array(z.string()).default([]),
        name,
        cached: z.boolean().default(false),
        started: timestampSchema,
        completed: timestampSchema,
        error: name
      })
    )
    .default([]),
  statuses: z
    .array(z.object({ ID: name, vertex: name, current: z.number().default(0), total: z.number().default(0) }))
    .default([]),
  logs: z.array(z.object({ vertex: name, msg: bytes })).default([]),
  warnings: z
    .array(
      z.object({
        short: bytes,
        url: name,
        ranges: z.array(z.object({ start: z.object({ line: z.number().default(0) }).optional() })).default([])
      })
    )
    .default([])
});

/** One message of BuildKit's trace. Times are milliseconds since 1970. */
export type Trace = z.infer<typeof traceSchema>;

/** Reads the `aux` of a moby.buildkit.trace line: base64 of a StatusResponse. Throws engine-failed for anything else. */
export function decodeTrace(aux: unknown): Trace {
  try {
    const decoded = statusResponse.decode(Buffer.from(z.string().parse(aux), 'base64'));
    return traceSchema.parse(statusResponse.toObject(decoded, { longs: Number }));
  } catch (cause) {
    throw new AppError('engine-failed', { detail: { reason: 'trace-invalid' } }, { cause });
  }
}
