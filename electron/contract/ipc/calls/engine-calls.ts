import { z } from 'zod';
import { engineCandidateSchema, engineStateSchema, privateEngineProgramSchema } from '../../schema/engine.ts';
import { nothing } from './shared.ts';

/** Engines: discover, choose, start. */
export const engineCalls = {
  'engine.state': { input: nothing, output: engineStateSchema },
  'engine.candidates': { input: nothing, output: z.array(engineCandidateSchema) },
  'engine.use': { input: z.object({ engineId: z.string().max(200).nullable() }), output: nothing },
  'engine.retry': { input: nothing, output: nothing },
  'engine.startPrivate': { input: z.object({ program: privateEngineProgramSchema }), output: nothing }
} as const;
