import { z } from 'zod';
import { archiveIdSchema } from './analysis.ts';
import { appErrorSchema } from './error.ts';

/** Main gives each folder an opaque id; paths never come from the renderer. */
export const projectIdSchema = z.string().regex(/^[a-z0-9]{8,40}$/);

/** A file of the project that may be edited here, by its path inside the project with forward slashes. */
export const projectFileSchema = z.string().min(1).max(1024);

/** What the folder's own files say it is: "Python · Flask". */
export const stackSchema = z.object({
  language: z.enum(['python', 'node', 'static', 'unknown']),
  /** "Flask", "Express"; absent when none is recognised. */
  framework: z.string().optional()
});
export type Stack = z.infer<typeof stackSchema>;

export const projectSchema = z.object({
  id: projectIdSchema,
  name: z.string(),
  /** For reading only, with the home folder as ~. */
  displayPath: z.string(),
  stack: stackSchema,
  /** Dockerfile, *.Dockerfile, Dockerfile.*, Containerfile; "Dockerfile" first. Empty: the project has none yet. */
  dockerfiles: z.array(projectFileSchema),
  /** `.dockerignore` stands in the folder. */
  hasDockerignore: z.boolean()
});
export type Project = z.infer<typeof projectSchema>;

/** A line of the recent list. `lastBuild` and `lastPushAt` come from the build records. */
export const recentProjectSchema = z.object({
  id: projectIdSchema,
  name: z.string(),
  displayPath: z.string(),
  stack: stackSchema,
  openedAt: z.number(),
  missing: z.boolean(),
  /** Null before the first build. Sizes are null when the build failed; the change also when the one before did. */
  lastBuild: z
    .object({ at: z.number(), sizeBytes: z.number().nullable(), deltaBytes: z.number().nullable() })
    .nullable(),
  /** Milliseconds since 1970; null before the first push. */
  lastPushAt: z.number().nullable()
});
export type RecentProject = z.infer<typeof recentProjectSchema>;

/** An image archive, or a folder that is an OCI layout: opened to be looked into, not as a project. */
export const openedArchiveSchema = z.object({ archiveId: archiveIdSchema, name: z.string() });
export type OpenedArchive = z.infer<typeof openedArchiveSchema>;

/** What came of a drop, a dialog or a command line: each folder or archive opened, or why it was not. */
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
  /** Content hash of the bytes on disk; handed back on save to notice a change from outside. */
  revision: z.string()
});
export type ProjectText = z.infer<typeof projectTextSchema>;

export const starterSchema = z.object({
  stack: stackSchema,
  files: z.array(z.object({ file: projectFileSchema, text: z.string() }))
});
export type Starter = z.infer<typeof starterSchema>;

/** The build context after .dockerignore: what would be sent. Sizes are file bytes, not tar bytes. */
export const contextSizeSchema = z.object({
  fileCount: z.number().int(),
  sizeBytes: z.number(),
  ignoredCount: z.number().int(),
  /** Paths that could not be read, the first ten. */
  unreadable: z.array(z.string())
});
export type ContextSize = z.infer<typeof contextSizeSchema>;
