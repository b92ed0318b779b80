import { z } from 'zod';
import { maxTextLength } from '../../schema/draft.ts';
import { projectFileSchema, projectTextSchema } from '../../schema/project.ts';
import { projectRef } from './shared.ts';

/** A project's files. */
export const fileCalls = {
  'file.read': { input: projectRef.extend({ file: projectFileSchema }), output: projectTextSchema },
  /**
   * Saves atomically; `file-changed` if the file on disk is not at `revision`, unless `replace` allows overwriting it.
   */
  'file.save': {
    input: projectRef.extend({
      file: projectFileSchema,
      text: z.string().max(maxTextLength),
      revision: z.string().nullable(),
      replace: z.boolean()
    }),
    output: z.object({ revision: z.string() })
  }
} as const;
