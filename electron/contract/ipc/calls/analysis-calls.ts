import { z } from 'zod';
import { analysisFormatSchema, analysisSourceSchema, pngSchema, savedSchema } from '../../schema/analysis.ts';
import { filePreviewSchema } from '../../schema/file-preview.ts';
import {
  analysisOverviewSchema,
  analysisRef,
  cellsInputSchema,
  cellsSchema,
  pathDetailSchema,
  rowsInputSchema,
  rowsSchema
} from '../../schema/analysis-overview.ts';
import { projectIdSchema } from '../../schema/project.ts';
import { nothing, started, startedOrNot } from './shared.ts';

const layerFile = analysisRef.extend({
  layer: z.number().int().nonnegative(),
  node: z.number().int().positive()
});

/** An analyzed image's files. */
export const analysisCalls = {
  /** Reads an image's files. A project's `.dive-ci` gives the rules. */
  'analysis.start': {
    input: z.object({ source: analysisSourceSchema, projectId: projectIdSchema.nullable() }),
    output: started
  },
  'analysis.overview': { input: analysisRef, output: analysisOverviewSchema },
  /** The cells of the treemap in one place, as many as can be seen. */
  'analysis.cells': { input: cellsInputSchema, output: cellsSchema },
  /** What is directly in a folder. */
  'analysis.rows': { input: rowsInputSchema, output: rowsSchema },
  /** All of one path: in a layer, or (layer -1) as a container sees it. */
  'analysis.path': {
    input: analysisRef.extend({ layer: z.number().int().min(-1), node: z.number().int().nonnegative() }),
    output: pathDetailSchema
  },
  /** The number of a path as it is shown; null when no layer has it. */
  'analysis.findPath': {
    input: analysisRef.extend({ path: z.string().max(100_000) }),
    output: z.object({ node: z.number().int().nullable() })
  },
  /** Asks where to, and writes the analysis there. */
  'analysis.export': { input: analysisRef.extend({ format: analysisFormatSchema }), output: savedSchema },
  /** The same for the treemap as the page shows it. */
  'analysis.exportPng': { input: analysisRef.extend({ png: pngSchema }), output: savedSchema },
  /** One file of a layer, as far as it can be shown. The one that was asked for before is given up. */
  'analysis.previewFile': { input: layerFile, output: filePreviewSchema },
  'analysis.stopPreview': { input: nothing, output: nothing },
  /** Saves one file of a layer where the system's dialog says. */
  'analysis.saveFile': { input: layerFile, output: startedOrNot },
  /** Lets go of an analysis that is no longer looked at. */
  'analysis.close': { input: analysisRef, output: nothing }
} as const;
