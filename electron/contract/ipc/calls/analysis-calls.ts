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
  layer: z.number().int().min(0).max(10_000),
  node: z.number().int().positive()
});

/** An analyzed image's files. */
export const analysisCalls = {
  /** Analyzes an image by the rules of the project's `.dive-ci`. */
  'analysis.start': {
    input: z.object({ source: analysisSourceSchema, projectId: projectIdSchema.nullable() }),
    output: started
  },
  'analysis.overview': { input: analysisRef, output: analysisOverviewSchema },
  /** The visible cells of the treemap, focused on one node. */
  'analysis.cells': { input: cellsInputSchema, output: cellsSchema },
  /** The direct children of a directory. */
  'analysis.rows': { input: rowsInputSchema, output: rowsSchema },
  /** Details of one path: in a layer, or (layer -1) in the container's file system. */
  'analysis.path': {
    input: analysisRef.extend({ layer: z.number().int().min(-1).max(10_000), node: z.number().int().nonnegative() }),
    output: pathDetailSchema
  },
  /** The node of a path as it is displayed; null if no layer has it. */
  'analysis.findPath': {
    input: analysisRef.extend({ path: z.string().max(100_000) }),
    output: z.object({ node: z.number().int().nullable() })
  },
  /** Asks where to save the analysis, and writes it there. */
  'analysis.export': { input: analysisRef.extend({ format: analysisFormatSchema }), output: savedSchema },
  /** The same for the treemap as the page painted it. */
  'analysis.exportPng': { input: analysisRef.extend({ png: pngSchema }), output: savedSchema },
  /** A preview of one file of a layer. Cancels the previous request. */
  'analysis.previewFile': { input: layerFile, output: filePreviewSchema },
  'analysis.stopPreview': { input: nothing, output: nothing },
  /** Saves one file of a layer to the path chosen in the system's dialog. */
  'analysis.saveFile': { input: layerFile, output: startedOrNot },
  /** Closes an analysis. */
  'analysis.close': { input: analysisRef, output: nothing }
} as const;
