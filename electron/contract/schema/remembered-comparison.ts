import { z } from 'zod';
import { maxComparedImages } from '../domain/comparison-limits.ts';
import { comparedIndexSchema, comparedSourceSchema } from './comparison.ts';

/** An image chosen for comparison, as the page displays it. */
export const rememberedImageSchema = z.object({
  source: comparedSourceSchema,
  name: z.string().max(1000),
  /** A short label next to the name, such as the time of its build; null for none. */
  chip: z.string().max(200).nullable(),
  /** End of the build that created it, in milliseconds since 1970; null if it is not known from a build. */
  builtAt: z.number().nullable()
});
export type RememberedImage = z.infer<typeof rememberedImageSchema>;

/** The images compared last in a project. */
export const rememberedComparisonSchema = z.object({
  baseline: comparedIndexSchema,
  images: z.array(rememberedImageSchema).max(maxComparedImages)
});
export type RememberedComparison = z.infer<typeof rememberedComparisonSchema>;
