import { z } from 'zod';
import { engineIdSchema } from '../../schema/engine.ts';
import {
  imageDetailSchema,
  imageLayerSizesSchema,
  imageSummarySchema,
  imageUserSchema,
  removedImageSchema
} from '../../schema/image.ts';
import { nothing, startedOrNot } from './shared.ts';

const imageName = z.string().min(1).max(512);

/** The engine's images. */
export const imageCalls = {
  'image.list': { input: nothing, output: z.array(imageSummarySchema) },
  /** `buildId` matches the rows with the lines of that recorded build; `engineId` is the engine that has the image. */
  'image.inspect': {
    input: z.object({ image: imageName, buildId: z.string().nullable(), engineId: engineIdSchema }),
    output: imageDetailSchema
  },
  /** The layers of images by id; removed images are omitted. */
  'image.layers': { input: z.object({ ids: z.array(imageName).max(500) }), output: z.array(imageLayerSizesSchema) },
  /** The containers that use images. */
  'image.users': { input: nothing, output: z.array(imageUserSchema) },
  /** Removes a name, or an image by its id; with `force` also if stopped containers use it. */
  'image.remove': { input: z.object({ image: imageName, force: z.boolean() }), output: removedImageSchema },
  'image.tag': { input: z.object({ image: imageName, reference: z.string().min(1).max(800) }), output: nothing },
  /** Saves images to a file chosen in the system's dialog. */
  'image.save': { input: z.object({ images: z.array(imageName).min(1).max(1000) }), output: startedOrNot },
  /** Loads an archive chosen in the system's dialog. */
  'image.load': { input: nothing, output: startedOrNot }
} as const;
