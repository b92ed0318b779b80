import { z } from 'zod';
import { buildOptionsSchema, buildRecordSchema } from '../../schema/build.ts';
import { projectFileSchema } from '../../schema/project.ts';
import { projectRef, started } from './shared.ts';

/** Builds and their records. */
export const buildCalls = {
  'build.start': {
    input: projectRef.extend({ dockerfile: projectFileSchema, options: buildOptionsSchema }),
    output: started
  },
  'build.records': { input: projectRef, output: z.array(buildRecordSchema) }
} as const;
