import { z } from 'zod';
import { engineIdSchema } from '../../schema/engine.ts';
import { projectIdSchema } from '../../schema/project.ts';
import { started } from './shared.ts';

/** Pushes. */
export const pushCalls = {
  'push.start': {
    input: z.object({
      projectId: projectIdSchema.nullable(),
      /** Recorded build of the pushed image, to add the push to its record; null for any other image. */
      buildId: z.string().nullable(),
      /** The engine that has the image. */
      engineId: engineIdSchema,
      imageId: z.string().min(1).max(512),
      reference: z.string().min(1).max(512)
    }),
    output: started
  }
} as const;
