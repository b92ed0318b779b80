import { z } from 'zod';
import { jobKindNames, jobKinds, type JobKind, type JobTypes } from '../jobs/job-kinds.ts';
import { appErrorSchema, type AppErrorData } from './error.ts';
import { projectIdSchema } from './project.ts';

export const jobIdSchema = z.string().regex(/^[a-z0-9-]{4,64}$/);
export type JobId = z.infer<typeof jobIdSchema>;

export const jobKindSchema = z.enum(jobKindNames);

/** Exactly one of these ends a job; the result is that of the job's kind. */
export type JobEnd<K extends JobKind = JobKind> =
  { kind: 'finished'; result: JobTypes[K]['result'] } | { kind: 'failed'; error: AppErrorData } | { kind: 'cancelled' };

/** A job's event or, as the last one, its end; `seq` is 1, 2, 3 … without gaps. */
export type JobEvent<K extends JobKind = JobKind> =
  { seq: number; event: JobTypes[K]['event'] } | { seq: number; end: JobEnd<K> };

/** A batch of one job's events. */
export interface JobEvents<K extends JobKind = JobKind> {
  jobId: JobId;
  kind: K;
  events: JobEvent<K>[];
}

export const jobInfoSchema = z.object({
  jobId: jobIdSchema,
  kind: jobKindSchema,
  /** The project that it belongs to; null outside of any. */
  projectId: projectIdSchema.nullable(),
  /** Milliseconds since 1970. */
  startedAt: z.number(),
  ended: z.boolean()
});
export type JobInfo = z.infer<typeof jobInfoSchema>;

/** Everything that a window needs to show a running job. Events after `seq` follow on the topic. */
export interface JobSnapshot<K extends JobKind = JobKind> extends JobInfo {
  kind: K;
  seq: number;
  state: JobTypes[K]['snapshot'];
  /** Null while the job runs. */
  end: JobEnd<K> | null;
}

export type AnyJobEvents = { [K in JobKind]: JobEvents<K> }[JobKind];
export type AnyJobSnapshot = { [K in JobKind]: JobSnapshot<K> }[JobKind];

export const jobEventsSchema: z.ZodType<AnyJobEvents> = perKind((kind) =>
  z.object({
    jobId: jobIdSchema,
    kind: z.literal(kind),
    events: z.array(
      z.union([
        z.object({ seq: z.number().int().positive(), event: jobKinds[kind].event }),
        z.object({ seq: z.number().int().positive(), end: jobEndSchema(kind) })
      ])
    )
  })
);

export const jobSnapshotSchema: z.ZodType<AnyJobSnapshot> = perKind((kind) =>
  jobInfoSchema.extend({
    kind: z.literal(kind),
    /** Of the last event that `state` contains; 0 before the first. */
    seq: z.number().int(),
    state: jobKinds[kind].snapshot,
    /** Null while the job runs. */
    end: jobEndSchema(kind).nullable()
  })
);

function jobEndSchema(kind: JobKind) {
  return z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('finished'), result: jobKinds[kind].result }),
    z.object({ kind: z.literal('failed'), error: appErrorSchema }),
    z.object({ kind: z.literal('cancelled') })
  ]);
}

/** One schema per kind of job, discriminated by `kind`. */
function perKind<Shape extends z.core.$ZodShape, Output>(
  schemaOf: (kind: JobKind) => z.ZodObject<Shape>
): z.ZodType<Output> {
  const [first, ...others] = jobKindNames;
  return z.discriminatedUnion('kind', [schemaOf(first), ...others.map(schemaOf)]) as unknown as z.ZodType<Output>;
}
