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

/** A comparison as seen from one of its images. */
const comparisonFrom = comparisonRef.extend({ baseline: comparedIndexSchema });

/** Comparisons of several images. */
export const comparisonCalls = {
  /** Reads and compares images. */
  'comparison.start': {
    input: z.object({ sources: z.array(comparedSourceSchema).min(minComparedImages).max(maxComparedImages) }),
    output: started
  },
  'comparison.overview': { input: comparisonFrom, output: comparisonOverviewSchema },
  /** The visible cells of one image's treemap; the shares are of that image. */
  'comparison.cells': {
    input: comparisonRef.extend({
      image: comparedIndexSchema,
      minShare: z.number().min(0).max(1),
      splitShare: z.number().min(0).max(1)
    }),
    output: comparedCellsSchema
  },
  /** The visible cells of the differences between an image and the baseline in a directory. */
  'comparison.differences': {
    input: comparisonFrom.extend({
      image: comparedIndexSchema,
      folder: z.number().int().nonnegative(),
      minShare: z.number().min(0).max(1),
      splitShare: z.number().min(0).max(1)
    }),
    output: differenceCellsSchema
  },
  /** The direct children of a directory that differ, largest difference first; `changes` filters them. */
  'comparison.rows': {
    input: comparisonFrom.extend({
      folder: z.number().int().nonnegative(),
      changes: z.array(shownChangeSchema).max(shownChangeSchema.options.length),
      start: z.number().int().nonnegative(),
      limit: z.number().int().min(1).max(2000)
    }),
    output: comparedRowsSchema
  },
  /** The images' settings in one table; likely secrets are masked unless `reveal` is set. */
  'comparison.settings': {
    input: comparisonRef.extend({ reveal: z.boolean() }),
    output: z.array(comparedSettingSchema)
  },
  /** Reads the installed packages of the images. The job belongs to the comparison and ends with it. */
  'comparison.readPackages': { input: comparisonRef, output: started },
  /** The installed packages; null until they are read. */
  'comparison.packages': { input: comparisonRef, output: comparedPackagesSchema.nullable() },
  /**
   * Compares the content of files that have the same size in several images. The job belongs to the comparison, as
   * above.
   */
  'comparison.readContents': { input: comparisonRef, output: started },
  'comparison.contents': { input: comparisonRef, output: comparedContentsSchema },
  /** Asks where to save the comparison, and writes it there. */
  'comparison.export': { input: comparisonFrom.extend({ format: comparisonFormatSchema }), output: savedSchema },
  /** The same for the picture as the page painted it. */
  'comparison.exportPng': { input: comparisonRef.extend({ png: pngSchema }), output: savedSchema },
  /** Saves which images are compared in a project; removes the saved ones if there are none. */
  'comparison.remember': { input: projectRef.extend(rememberedComparisonSchema.shape), output: nothing },
  /** The images compared last in a project; its archives are open again. */
  'comparison.recall': { input: projectRef, output: rememberedComparisonSchema.nullable() },
  /** Closes a comparison. */
  'comparison.close': { input: comparisonRef, output: nothing }
} as const;
