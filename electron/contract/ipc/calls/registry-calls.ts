import { z } from 'zod';
import { remoteImageSchema } from '../../schema/remote-image.ts';

/** Images in registries. */
export const registryCalls = {
  /** Asks a registry anew for an image, which is not pulled. The host's saved login is used. */
  'registry.image': {
    input: z.object({ reference: z.string().min(1).max(800), platform: z.string().max(100).nullable() }),
    output: remoteImageSchema
  }
} as const;
