import { z } from 'zod';
import {
  contextSizeSchema,
  importResultSchema,
  projectFileSchema,
  projectIdSchema,
  projectSchema,
  recentProjectSchema,
  starterSchema
} from '../../schema/project.ts';
import { nothing, projectRef } from './shared.ts';

/** Projects: opened folders. */
export const projectCalls = {
  'project.recent': { input: nothing, output: z.array(recentProjectSchema) },
  /** Shows the system's folder dialog; empty if it was dismissed. */
  'project.choose': { input: nothing, output: importResultSchema },
  /** Copies the sample project to the user's projects, unless it is already there, and opens it. */
  'project.sample': { input: nothing, output: importResultSchema },
  'project.open': { input: projectRef, output: projectSchema },
  /** The project that the window shows, for the next start; null: the list of projects. */
  'project.setOpen': { input: z.object({ projectId: projectIdSchema.nullable() }), output: nothing },
  'project.forget': { input: projectRef, output: nothing },
  'project.measureContext': {
    input: projectRef.extend({ dockerfile: projectFileSchema.nullable() }),
    output: contextSizeSchema
  },
  /** Proposes starter files for a project without a Dockerfile. */
  'project.starter': { input: projectRef, output: starterSchema },
  /** Writes starter files; fails with file-exists instead of replacing one. */
  'project.writeStarter': {
    input: projectRef.extend({
      files: z.array(z.object({ file: projectFileSchema, text: z.string().max(1_000_000) })).max(4)
    }),
    output: projectSchema
  },
  'project.showInFolder': { input: projectRef, output: nothing }
} as const;
