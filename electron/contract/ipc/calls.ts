import { z } from 'zod';
import { commandSpecs } from '../commands.ts';
import { analysisSourceSchema, pngSchema, reportFormatSchema, savedSchema } from '../schema/analysis.ts';
import { buildOptionsSchema, buildRecordSchema } from '../schema/build.ts';
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
  fewestCompared,
  mostCompared,
  shownChangeSchema
} from '../schema/comparison.ts';
import { differenceCellsSchema } from '../schema/difference-cells.ts';
import { accountListSchema, accountSchema, signInSchema } from '../schema/credential.ts';
import { engineCandidateSchema, engineStateSchema, privateEngineProgramSchema } from '../schema/engine.ts';
import { filePreviewSchema } from '../schema/file-preview.ts';
import {
  imageDetailSchema,
  imageLayersSchema,
  imageSummarySchema,
  imageUserSchema,
  removedImageSchema
} from '../schema/image.ts';
import {
  analysisOverviewSchema,
  analysisRef,
  cellsInputSchema,
  cellsSchema,
  pathDetailSchema,
  rowsInputSchema,
  rowsSchema
} from '../schema/image-files.ts';
import { jobIdSchema, jobInfoSchema, jobSnapshotSchema } from '../schema/job.ts';
import {
  contextSizeSchema,
  importResultSchema,
  projectFileSchema,
  projectIdSchema,
  projectSchema,
  projectTextSchema,
  recentProjectSchema,
  starterSchema
} from '../schema/project.ts';
import { remoteImageSchema } from '../schema/remote-image.ts';
import { rememberedComparisonSchema } from '../schema/remembered-comparison.ts';
import { settingsSchema } from '../schema/settings.ts';

const nothing = z.object({});
const project = z.object({ projectId: projectIdSchema });
const command = z.enum(commandSpecs.map((spec) => spec.id));
const started = z.object({ jobId: jobIdSchema });
/** Null where the system's dialog was dismissed. */
const startedOrNot = z.object({ jobId: jobIdSchema.nullable() });
const layerFile = analysisRef.extend({
  layer: z.number().int().nonnegative(),
  node: z.number().int().positive()
});
/** A comparison seen from one of its images. */
const comparisonFrom = comparisonRef.extend({ baseline: comparedIndexSchema });
const imageName = z.string().min(1).max(512);

/** Every question the renderer may ask main. Main validates each input; nothing else is answered. */
export const calls = {
  'app.info': {
    input: nothing,
    output: z.object({
      version: z.string(),
      electron: z.string(),
      chrome: z.string(),
      platform: z.enum(['linux', 'darwin', 'win32']),
      /** Things said once at start: a damaged store set aside, for instance. */
      notices: z.array(z.object({ kind: z.literal('store-damaged'), name: z.string(), keptAs: z.string() })),
      /** Folders named on the command line, opened before the window was ready. */
      opened: importResultSchema.nullable()
    })
  },
  /** Opens a page of the allow-list in the system's browser. */
  'app.openLink': { input: z.object({ url: z.string().max(2048) }), output: nothing },
  'app.copyText': { input: z.object({ text: z.string().max(1_000_000) }), output: nothing },

  /** The commands that may run now; the menu greys the others. */
  'menu.enable': { input: z.object({ commands: z.array(command).max(commandSpecs.length) }), output: nothing },

  'settings.get': { input: nothing, output: settingsSchema },
  'settings.change': { input: settingsSchema.partial(), output: settingsSchema },

  'project.recent': { input: nothing, output: z.array(recentProjectSchema) },
  /** Shows the system's folder dialog; empty when it was dismissed. */
  'project.choose': { input: nothing, output: importResultSchema },
  /** Puts the sample project among the user's projects, keeping one that is there, and opens it. */
  'project.sample': { input: nothing, output: importResultSchema },
  'project.open': { input: project, output: projectSchema },
  'project.forget': { input: project, output: nothing },
  'project.measureContext': {
    input: project.extend({ dockerfile: projectFileSchema.nullable() }),
    output: contextSizeSchema
  },
  /** Starter files for a project without a Dockerfile: only proposed. */
  'project.starter': { input: project, output: starterSchema },
  /** Writes starter files; refuses (file-exists) rather than replace one. */
  'project.writeStarter': {
    input: project.extend({
      files: z.array(z.object({ file: projectFileSchema, text: z.string().max(1_000_000) })).max(4)
    }),
    output: projectSchema
  },
  'project.showInFolder': { input: project, output: nothing },

  'file.read': { input: project.extend({ file: projectFileSchema }), output: projectTextSchema },
  /** Saves whole; `file-changed` when the disk no longer holds `revision`, unless `replace` says to write over it. */
  'file.save': {
    input: project.extend({
      file: projectFileSchema,
      text: z.string().max(4_000_000),
      revision: z.string().nullable(),
      replace: z.boolean()
    }),
    output: z.object({ revision: z.string() })
  },

  'engine.state': { input: nothing, output: engineStateSchema },
  'engine.candidates': { input: nothing, output: z.array(engineCandidateSchema) },
  'engine.use': { input: z.object({ engineId: z.string().max(200).nullable() }), output: nothing },
  'engine.retry': { input: nothing, output: nothing },
  'engine.startPrivate': { input: z.object({ program: privateEngineProgramSchema }), output: nothing },

  'build.start': {
    input: project.extend({ dockerfile: projectFileSchema, options: buildOptionsSchema }),
    output: started
  },
  'build.records': { input: project, output: z.array(buildRecordSchema) },

  'image.list': { input: nothing, output: z.array(imageSummarySchema) },
  /** `buildId` joins the rows with the lines of that recorded build. */
  'image.inspect': {
    input: z.object({ image: imageName, buildId: z.string().nullable() }),
    output: imageDetailSchema
  },
  /** The layers of images by id; those that are gone are left out. */
  'image.layers': { input: z.object({ ids: z.array(imageName).max(500) }), output: z.array(imageLayersSchema) },
  /** The containers that hold images. */
  'image.users': { input: nothing, output: z.array(imageUserSchema) },
  /** Removes a name, or an image by its id; `force` also where stopped containers hold it. */
  'image.remove': { input: z.object({ image: imageName, force: z.boolean() }), output: removedImageSchema },
  'image.tag': { input: z.object({ image: imageName, reference: z.string().min(1).max(800) }), output: nothing },
  /** Saves images to a file that the system's dialog asks for. */
  'image.save': { input: z.object({ images: z.array(imageName).min(1).max(1000) }), output: startedOrNot },
  /** Loads an archive that the system's dialog asks for. */
  'image.load': { input: nothing, output: startedOrNot },

  /** Shows the system's dialog for image archives; empty when it was dismissed. */
  'archive.choose': { input: nothing, output: importResultSchema },
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
  'analysis.export': { input: analysisRef.extend({ format: reportFormatSchema }), output: savedSchema },
  /** The same for the treemap as the page shows it. */
  'analysis.exportPng': { input: analysisRef.extend({ png: pngSchema }), output: savedSchema },
  /** One file of a layer, as far as it can be shown. The one that was asked for before is given up. */
  'analysis.previewFile': { input: layerFile, output: filePreviewSchema },
  'analysis.stopPreview': { input: nothing, output: nothing },
  /** Saves one file of a layer where the system's dialog says. */
  'analysis.saveFile': { input: layerFile, output: startedOrNot },
  /** Lets go of an analysis that is no longer looked at. */
  'analysis.close': { input: analysisRef, output: nothing },

  /** Reads two to six images, to be seen side by side. */
  'comparison.start': {
    input: z.object({ sources: z.array(comparedSourceSchema).min(fewestCompared).max(mostCompared) }),
    output: started
  },
  'comparison.overview': { input: comparisonFrom, output: comparisonOverviewSchema },
  /** The cells of one image's treemap, as many as can be seen; the shares are of that image. */
  'comparison.cells': {
    input: comparisonRef.extend({
      image: comparedIndexSchema,
      leastShare: z.number().min(0).max(1),
      splitShare: z.number().min(0).max(1)
    }),
    output: comparedCellsSchema
  },
  /** The cells of what differs between an image and the baseline in a folder, as many as can be seen. */
  'comparison.differences': {
    input: comparisonFrom.extend({
      image: comparedIndexSchema,
      folder: z.number().int().nonnegative(),
      leastShare: z.number().min(0).max(1),
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
  'comparison.remember': { input: project.extend(rememberedComparisonSchema.shape), output: nothing },
  /** What was compared last in a project; its archives are open again. */
  'comparison.recall': { input: project, output: rememberedComparisonSchema.nullable() },
  /** Lets go of a comparison that is no longer looked at. */
  'comparison.close': { input: comparisonRef, output: nothing },

  /** Asks a registry anew for an image, which is not pulled. The host's saved login is used. */
  'registry.image': {
    input: z.object({ reference: z.string().min(1).max(800), platform: z.string().max(100).nullable() }),
    output: remoteImageSchema
  },

  'credential.list': { input: nothing, output: accountListSchema },
  /** Asks the registry first; only what it accepts is kept. */
  'credential.signIn': { input: signInSchema, output: accountSchema },
  'credential.signOut': { input: z.object({ accountId: z.string().max(600) }), output: nothing },

  'push.start': {
    input: z.object({
      projectId: projectIdSchema.nullable(),
      /** Recorded build whose image is pushed, so that the record can tell it; null for any other image. */
      buildId: z.string().nullable(),
      imageId: z.string().min(1).max(512),
      reference: z.string().min(1).max(512)
    }),
    output: started
  },

  'job.list': { input: nothing, output: z.array(jobInfoSchema) },
  'job.attach': { input: z.object({ jobId: jobIdSchema }), output: jobSnapshotSchema },
  'job.cancel': { input: z.object({ jobId: jobIdSchema }), output: nothing }
} as const;

export type Calls = typeof calls;
export type CallName = keyof Calls;
export type CallInput<N extends CallName> = z.input<Calls[N]['input']>;
export type CallOutput<N extends CallName> = z.output<Calls[N]['output']>;
export type CallHandlers = { [N in CallName]: (input: z.output<Calls[N]['input']>) => Promise<CallOutput<N>> };
