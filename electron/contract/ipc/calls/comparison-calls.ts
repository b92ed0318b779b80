import { z } from 'zod';
import { maxComparedImages, minComparedImages } from '../../domain/comparison-limits.ts';
import { pngSchema, savedSchema } from '../../schema/analysis.ts';
import {
  comparedCellsSchema,
  comparedContentsSchema,
  comparedIndexSchema,
  comparedPackagesSchema,
  comparedRowsSchema,
  comparedSettingSchema,
  comparedSourceSchema,
  comparisonFormatSchema,
  comparisonOverviewSchema,
  comparisonRef,
  shownChangeSchema
} from '../../schema/comparison.ts';
import { differenceCellsSchema } from '../../schema/difference-cells.ts';
import { rememberedComparisonSchema } from '../../schema/remembered-comparison.ts';
import { nothing, projectRef, started } from './shared.ts';

/** A comparison seen from one of its images. */
const comparisonFrom = comparisonRef.extend({ baseline: comparedIndexSchema });

/** Several images side by side. */
export const comparisonCalls = {
  /** Reads images, to be shown side by side. */
  'comparison.start': {
    input: z.object({ sources: z.array(comparedSourceSchema).min(minComparedImages).max(maxComparedImages) }),
    output: started
  },
  'comparison.overview': { input: comparisonFrom, output: comparisonOverviewSchema },
  /** The cells of one image's treemap, as many as can be seen; the shares are of that image. */
  'comparison.cells': {
    input: comparisonRef.extend({
      image: comparedIndexSchema,
      minShare: z.number().min(0).max(1),
      splitShare: z.number().min(0).max(1)
    }),
    output: comparedCellsSchema
  },
  /** The cells of what differs between an image and the baseline in a folder, as many as can be seen. */
  'comparison.differences': {
    input: comparisonFrom.extend({
      image: comparedIndexSchema,
      folder: z.number().int().nonnegative(),
      minShare: z.number().min(0).max(1),
      splitShare: z.number().min(0).max(1)
    }),
    output: differenceCellsSchema
  },
  /** What differs directly in a folder, the largest difference first; `changes` narrows it to some of them. */
  'comparison.rows': {
    input: comparisonFrom.extend({
      folder: z.number().int().nonnegative(),
      changes: z.array(shownChangeSchema).max(shownChangeSchema.options.length),
      start: z.number().int().nonnegative(),
      limit: z.number().int().min(1).max(2000)
    }),
    output: comparedRowsSchema
  },
  /** The images' settings side by side; what looks secret is masked unless `reveal` is set. */
  'comparison.settings': {
    input: comparisonRef.extend({ reveal: z.boolean() }),
    output: z.array(comparedSettingSchema)
  },
  /** Reads what is installed in the images. The job is a comparison's, and so is its end. */
  'comparison.readPackages': { input: comparisonRef, output: started },
  /** What is installed; null before it was read. */
  'comparison.packages': { input: comparisonRef, output: comparedPackagesSchema.nullable() },
  /** Reads files that have the same size in several images, so that their content tells; the job is as above. */
  'comparison.readContents': { input: comparisonRef, output: started },
  'comparison.contents': { input: comparisonRef, output: comparedContentsSchema },
  /** Asks where to, and writes the comparison there. */
  'comparison.export': { input: comparisonFrom.extend({ format: comparisonFormatSchema }), output: savedSchema },
  /** The same for the picture as the page shows it. */
  'comparison.exportPng': { input: comparisonRef.extend({ png: pngSchema }), output: savedSchema },
  /** Keeps what is compared in a project; nothing when there are no images. */
  'comparison.remember': { input: projectRef.extend(rememberedComparisonSchema.shape), output: nothing },
  /** What was compared last in a project; its archives are open again. */
  'comparison.recall': { input: projectRef, output: rememberedComparisonSchema.nullable() },
  /** Lets go of a comparison that is no longer looked at. */
  'comparison.close': { input: comparisonRef, output: nothing }
} as const;
