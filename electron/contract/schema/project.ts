import { z } from 'zod';
import { archiveIdSchema } from './analysis.ts';
import { appErrorSchema } from './error.ts';

/** Main gives each folder an opaque id; the renderer never passes paths. */
export const projectIdSchema = z.string().regex(/^[a-z0-9]{8,40}$/);

/** An editable file of the project, by its path inside the project with forward slashes. */
export const projectFileSchema = z.string().min(1).max(1024);

/** What the folder contains, by its own files: "Python · Flask". */
export const stackSchema = z.object({
  language: z.enum(['python', 'node', 'static', 'unknown']),
  /** "Flask", "Express"; absent if none is recognized. */
  framework: z.string().optional()
});
export type Stack = z.infer<typeof stackSchema>;

export const projectSchema = z.object({
  id: projectIdSchema,
  name: z.string(),
  /** For display, with the home folder as ~. */
  displayPath: z.string(),
  stack: stackSchema,
  /** Dockerfile, *.Dockerfile, Dockerfile.*, Containerfile; "Dockerfile" first. Empty: the project has none. */
  dockerfiles: z.array(projectFileSchema),
  /** `.dockerignore` exists in the folder. */
  hasDockerignore: z.boolean()
});
export type Project = z.infer<typeof projectSchema>;

/** A row of the recent list. `lastBuild` and `lastPushAt` come from the build records. */
export const recentProjectSchema = z.object({
  id: projectIdSchema,
  name: z.string(),
  displayPath: z.string(),
  stack: stackSchema,
  openedAt: z.number(),
  missing: z.boolean(),
  /** Null before the first build. Sizes are null if the build failed; the change also if the previous one failed. */
  lastBuild: z
    .object({ at: z.number(), sizeBytes: z.number().nullable(), deltaBytes: z.number().nullable() })
    .nullable(),
  /** When the last build ended, if it failed; else null. Milliseconds since 1970. */
  lastFailureAt: z.number().nullable(),
  /** Milliseconds since 1970; null before the first push. */
  lastPushAt: z.number().nullable()
});
export type RecentProject = z.infer<typeof recentProjectSchema>;

/** An image archive, or a folder that is an OCI layout: opened for analysis, not as a project. */
export const openedArchiveSchema = z.object({ archiveId: archiveIdSchema, name: z.string() });
export type OpenedArchive = z.infer<typeof openedArchiveSchema>;

/** The result of a drop, a dialog or a command line: each folder or archive opened, or the error. */
export const importResultSchema = z.object({
  projects: z.array(projectSchema),
  archives: z.array(openedArchiveSchema),
  failures: z.array(z.object({ name: z.string(), error: appErrorSchema }))
});
export type ImportResult = z.infer<typeof importResultSchema>;

export const projectTextSchema = z.object({
  file: projectFileSchema,
  /** Line endings as "\n"; the file's own are restored on save. */
  text: z.string(),
  /** Content hash of the bytes on disk; passed back on save to detect a change from outside. */
  revision: z.string()
});
export type ProjectText = z.infer<typeof projectTextSchema>;

export const starterSchema = z.object({
  stack: stackSchema,
  files: z.array(z.object({ file: projectFileSchema, text: z.string() }))
});
export type Starter = z.infer<typeof starterSchema>;

/** The build context after .dockerignore, as it would be sent. Sizes are file bytes, not tar bytes. */
export const contextSizeSchema = z.object({
  fileCount: z.number().int(),
  sizeBytes: z.number(),
  ignoredCount: z.number().int(),
  /** Paths that could not be read, the first ten. */
  unreadable: z.array(z.string())
});
export type ContextSize = z.infer<typeof contextSizeSchema>;
