import { z } from 'zod';
import { engineIdentitySchema } from './engine.ts';
import { appErrorSchema } from './error.ts';
import { findingSchema } from './finding.ts';
import { projectFileSchema, projectIdSchema } from './project.ts';

export const buildOptionsSchema = z.object({
  /** A full reference, "docker.io/alice/app:latest". */
  tag: z.string().max(512),
  buildArgs: z.record(z.string().max(256), z.string().max(32768)),
  /** The stage to build; null for the last one. */
  target: z.string().max(256).nullable(),
  noCache: z.boolean(),
  pull: z.boolean()
});
export type BuildOptions = z.infer<typeof buildOptionsSchema>;

export const stepStatusSchema = z.enum(['waiting', 'running', 'cached', 'done', 'failed', 'cancelled']);
export type StepStatus = z.infer<typeof stepStatusSchema>;

/** One step of a build, without its log. Times are milliseconds since 1970 by the engine's clock. */
export const buildStepSchema = z.object({
  id: z.string(),
  /** "RUN apt-get update", or the builder's name for an internal step: "exporting to image". */
  name: z.string(),
  /** False for internal steps (loading the context, exporting), which are displayed separately. */
  instruction: z.boolean(),
  /** Stage name in a multi-stage build, else null. */
  stage: z.string().nullable(),
  /** 1-based line of the Dockerfile; null if the step has none or could not be matched. */
  line: z.number().int().nullable(),
  status: stepStatusSchema,
  /** Null until it starts, and for builders that report no times. */
  startedAt: z.number().nullable(),
  /** Null until it ends. */
  completedAt: z.number().nullable(),
  /** The builder's message; null unless the step failed. */
  error: z.string().nullable(),
  /** Bytes pulled or sent so far; null for steps without a count, `totalBytes` null while unknown. */
  progress: z.object({ currentBytes: z.number(), totalBytes: z.number().nullable() }).nullable()
});
export type BuildStep = z.infer<typeof buildStepSchema>;

/** The record of a finished build in the store. */
export const buildRecordSchema = z.object({
  id: z.string(),
  projectId: projectIdSchema,
  dockerfile: projectFileSchema,
  /** The Dockerfile as it was built, and its sha256: the rows' lines are lines of this text. */
  dockerfileText: z.string(),
  dockerfileHash: z.string(),
  options: buildOptionsSchema,
  /** Build arguments that may be secret: their values were not saved and are empty in `options`. */
  hiddenBuildArgs: z.array(z.string().max(256)).default([]),
  engine: z.string(),
  /** The engine that has the image. Null if a record is older than this field. */
  builtOn: engineIdentitySchema.nullable().catch(null),
  startedAt: z.number(),
  durationMs: z.number(),
  outcome: z.enum(['finished', 'failed', 'cancelled']),
  /** Why it failed, without lines of output. Also null if a record is older than this field, or than a code's name. */
  error: appErrorSchema.nullable().catch(null),
  steps: z.array(buildStepSchema),
  /** The builder's warnings. Also empty if a record is older than this field, or written by a newer version. */
  findings: z.array(findingSchema).catch([]),
  /** Null if the build did not finish. */
  imageId: z.string().nullable(),
  /** Uncompressed; null if the build did not finish. */
  sizeBytes: z.number().nullable(),
  /** Digest and reference of the last push of this build's image; null if it was not pushed. */
  pushed: z.object({ reference: z.string(), digest: z.string(), at: z.number() }).nullable()
});
export type BuildRecord = z.infer<typeof buildRecordSchema>;

export const buildResultSchema = z.object({
  recordId: z.string(),
  imageId: z.string(),
  tag: z.string(),
  durationMs: z.number()
});
export type BuildResult = z.infer<typeof buildResultSchema>;

export const buildEventSchema = z.discriminatedUnion('kind', [
  /** The first event of a build: the request and its engine. */
  z.object({
    kind: z.literal('started'),
    engine: engineIdentitySchema,
    builder: z.enum(['buildkit', 'classic']),
    dockerfile: z.string(),
    tag: z.string()
  }),
  /** Upload of the context to the engine. `totalBytes` is null until all of it is sent. */
  z.object({ kind: z.literal('context'), sentBytes: z.number(), totalBytes: z.number().nullable() }),
  /** A step was added or changed; replaces the step with the same id. */
  z.object({ kind: z.literal('step'), step: buildStepSchema }),
  /** Raw output of a step: ANSI colors included, lines may be split across events. */
  z.object({ kind: z.literal('log'), stepId: z.string(), text: z.string() }),
  z.object({ kind: z.literal('finding'), finding: findingSchema }),
  /** A saved login could not be read; the build continues without it. */
  z.object({ kind: z.literal('login-problem'), problem: appErrorSchema }),
  z.object({ kind: z.literal('image'), imageId: z.string() })
]);
export type BuildEvent = z.infer<typeof buildEventSchema>;

/** A step's output as lines; with `open` the last one is unfinished. */
export const stepLogSchema = z.object({
  lines: z.array(z.string()),
  open: z.boolean(),
  droppedLines: z.number().int()
});
export type StepLog = z.infer<typeof stepLogSchema>;

export const buildSnapshotSchema = z.object({
  /** The engine that it runs on; null until the build has started. */
  engine: engineIdentitySchema.nullable(),
  /** Null until the build has started. */
  builder: z.enum(['buildkit', 'classic']).nullable(),
  dockerfile: z.string(),
  tag: z.string(),
  /** What was sent of the build context; null until some of it is sent. `totalBytes` is null while more is to come. */
  context: z.object({ sentBytes: z.number(), totalBytes: z.number().nullable() }).nullable(),
  steps: z.array(buildStepSchema),
  logs: z.record(z.string(), stepLogSchema),
  logLineCount: z.number().int(),
  logCharacterCount: z.number().int(),
  /** The builder's warnings. */
  findings: z.array(findingSchema),
  /** Why saved logins could not be read. */
  loginProblems: z.array(appErrorSchema),
  /** Null until the builder has named it. */
  imageId: z.string().nullable()
});
export type BuildSnapshot = z.infer<typeof buildSnapshotSchema>;
