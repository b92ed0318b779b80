import { z } from 'zod';
import { remoteImageSchema } from '../../schema/remote-image.ts';

/** Images in registries. */
export const registryCalls = {
  /** Resolves an image in a registry, without a cache and without pulling it. Uses the host's saved login. */
  'registry.image': {
    input: z.object({ reference: z.string().min(1).max(800), platform: z.string().max(100).nullable() }),
    output: remoteImageSchema
  }
} as const;
