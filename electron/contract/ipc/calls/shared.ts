import { z } from 'zod';
import { jobIdSchema } from '../../schema/job.ts';
import { projectIdSchema } from '../../schema/project.ts';

export const nothing = z.object({});
/** A call about one project. */
export const projectRef = z.object({ projectId: projectIdSchema });
/** A job was started. */
export const started = z.object({ jobId: jobIdSchema });
/** Null if the system's dialog was dismissed. */
export const startedOrNot = z.object({ jobId: jobIdSchema.nullable() });
