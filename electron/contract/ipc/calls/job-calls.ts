import { z } from 'zod';
import { jobIdSchema, jobInfoSchema, jobSnapshotSchema } from '../../schema/job.ts';
import { nothing } from './shared.ts';

/** Jobs: everything that takes time. */
export const jobCalls = {
  'job.list': { input: nothing, output: z.array(jobInfoSchema) },
  'job.attach': { input: z.object({ jobId: jobIdSchema }), output: jobSnapshotSchema },
  'job.cancel': { input: z.object({ jobId: jobIdSchema }), output: nothing }
} as const;
