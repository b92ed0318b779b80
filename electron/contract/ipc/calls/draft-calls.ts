import { z } from 'zod';
import { draftSchema } from '../../schema/draft.ts';
import { projectFileSchema } from '../../schema/project.ts';
import { nothing, projectRef } from './shared.ts';

/** Unsaved texts of a project's files. They are stored in the app's data folder, never in the project. */
export const draftCalls = {
  'draft.list': { input: projectRef, output: z.array(draftSchema) },
  /** Resolves when the draft is on disk. */
  'draft.save': { input: projectRef.extend({ draft: draftSchema }), output: nothing },
  /** Does nothing if the file has no draft. */
  'draft.remove': { input: projectRef.extend({ file: projectFileSchema }), output: nothing }
} as const;
