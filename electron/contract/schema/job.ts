import { z } from 'zod';
import { analysisIdSchema, analysisProgressSchema } from './analysis.ts';
import { buildEventSchema, buildResultSchema, buildStepSchema } from './build.ts';
import { comparisonProgressSchema } from './comparison.ts';
import { appErrorSchema } from './error.ts';
import { findingSchema } from './finding.ts';
import { projectIdSchema } from './project.ts';
import { pushEventSchema, pushLayerSchema, pushResultSchema } from './push.ts';
import { transferEventSchema, transferResultSchema, transferSnapshotSchema } from './transfer.ts';

export const jobIdSchema = z.string().regex(/^[a-z0-9-]{4,64}$/);
export type JobId = z.infer<typeof jobIdSchema>;

/** A further kind: a word here, its event, snapshot and result below, its reducer in job-reducers.ts. */
export const jobKindSchema = z.enum(['build', 'push', 'analysis', 'comparison', 'transfer']);
export type JobKind = z.infer<typeof jobKindSchema>;

/** Exactly one of these ends a job; its result's shape follows from the job's kind. */
export const jobEndSchema = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('finished'),
    build: buildResultSchema.optional(),
    push: pushResultSchema.optional(),
    analysis: z.object({ analysisId: analysisIdSchema }).optional(),
    comparison: z.object({ comparisonId: analysisIdSchema }).optional(),
    transfer: transferResultSchema.optional()
  }),
  z.object({ kind: z.literal('failed'), error: appErrorSchema }),
  z.object({ kind: z.literal('cancelled') })
]);
export type JobEnd = z.infer<typeof jobEndSchema>;

/** A job's event with its number: 1, 2, 3 … without a gap; the end is the last. */
export const jobEventSchema = z.object({
  seq: z.number().int().positive(),
  event: z.union([
    z.object({ kind: z.literal('build'), build: buildEventSchema }),
    z.object({ kind: z.literal('push'), push: pushEventSchema }),
    z.object({ kind: z.literal('analysis'), analysis: analysisProgressSchema }),
    z.object({ kind: z.literal('comparison'), comparison: comparisonProgressSchema }),
    z.object({ kind: z.literal('transfer'), transfer: transferEventSchema }),
    z.object({ kind: z.literal('end'), end: jobEndSchema })
  ])
});
export type JobEvent = z.infer<typeof jobEventSchema>;

export const jobInfoSchema = z.object({
  jobId: jobIdSchema,
  kind: jobKindSchema,
  projectId: projectIdSchema.nullable(),
  startedAt: z.number(),
  ended: z.boolean()
});
export type JobInfo = z.infer<typeof jobInfoSchema>;

/** A step's output as whole lines; `open` says that the last one may still grow. */
export const stepLogSchema = z.object({
  lines: z.array(z.string()),
  open: z.boolean(),
  droppedLines: z.number().int()
});
export type StepLog = z.infer<typeof stepLogSchema>;

export const buildSnapshotSchema = z.object({
  builder: z.enum(['buildkit', 'classic']).nullable(),
  dockerfile: z.string(),
  tag: z.string(),
  context: z.object({ sentBytes: z.number(), totalBytes: z.number().nullable() }),
  steps: z.array(buildStepSchema),
  logs: z.record(z.string(), stepLogSchema),
  logLineCount: z.number().int(),
  logCharacterCount: z.number().int(),
  /** The builder's warnings. */
  findings: z.array(findingSchema),
  imageId: z.string().nullable()
});
export type BuildSnapshot = z.infer<typeof buildSnapshotSchema>;

export const pushSnapshotSchema = z.object({
  reference: z.string(),
  host: z.string(),
  username: z.string().nullable(),
  sizes: z.enum(['compressed', 'uncompressed', 'unknown']),
  layers: z.array(pushLayerSchema),
  notes: z.array(z.string())
});
export type PushSnapshot = z.infer<typeof pushSnapshotSchema>;

export const analysisSnapshotSchema = z.object({
  /** Null until reading has begun. */
  progress: analysisProgressSchema.nullable()
});
export type AnalysisSnapshot = z.infer<typeof analysisSnapshotSchema>;

export const comparisonSnapshotSchema = z.object({
  /** Of the image that is being read, those before it being done; null until reading has begun. */
  progress: comparisonProgressSchema.nullable()
});
export type ComparisonSnapshot = z.infer<typeof comparisonSnapshotSchema>;

/** All that a window needs to show a job that it did not see from the start. Events after `seq` follow on the topic. */
export const jobSnapshotSchema = z.object({
  info: jobInfoSchema,
  seq: z.number().int(),
  build: buildSnapshotSchema.nullable(),
  push: pushSnapshotSchema.nullable(),
  analysis: analysisSnapshotSchema.nullable(),
  comparison: comparisonSnapshotSchema.nullable(),
  transfer: transferSnapshotSchema.nullable(),
  end: jobEndSchema.nullable()
});
export type JobSnapshot = z.infer<typeof jobSnapshotSchema>;
