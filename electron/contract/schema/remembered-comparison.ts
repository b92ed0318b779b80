import { z } from 'zod';
import { maxComparedImages } from '../domain/comparison-limits.ts';
import { comparedIndexSchema, comparedSourceSchema } from './comparison.ts';

/** An image that was chosen to be compared, as the page shows it. */
export const rememberedImageSchema = z.object({
  source: comparedSourceSchema,
  name: z.string().max(1000),
  /** A short label next to the name, such as the time of its build; null for none. */
  chip: z.string().max(200).nullable(),
  /** When the build that left it ended, in milliseconds since 1970; null for what is not told by its build. */
  builtAt: z.number().nullable()
});
export type RememberedImage = z.infer<typeof rememberedImageSchema>;

/** What was compared last in a project. */
export const rememberedComparisonSchema = z.object({
  baseline: comparedIndexSchema,
  images: z.array(rememberedImageSchema).max(maxComparedImages)
});
export type RememberedComparison = z.infer<typeof rememberedComparisonSchema>;
