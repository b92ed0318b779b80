import { z } from 'zod';
import { engineStateSchema } from '../schema/engine.ts';
import { jobEventsSchema, jobInfoSchema } from '../schema/job.ts';
import { importResultSchema, projectFileSchema, projectIdSchema } from '../schema/project.ts';
import { settingsSchema } from '../schema/settings.ts';

/** Everything that main sends to the renderer without a request. */
export const topics = {
  'engine.state': engineStateSchema,
  'settings.changed': settingsSchema,
  /** A file of an open project changed on disk, other than by our own save. `revision` null: it was removed. */
  'file.changed': z.object({ projectId: projectIdSchema, file: projectFileSchema, revision: z.string().nullable() }),
  /** Folders opened from outside the window: by a second launch, the dock, a menu. */
  'project.imported': importResultSchema,
  'job.started': jobInfoSchema,
  'job.events': jobEventsSchema,
  /** A command was chosen in the application menu. */
  'command.run': z.object({ id: z.string() }),
  /** The engine's images changed (built, tagged, removed, pulled). */
  'image.changed': z.object({})
} as const;

export type Topics = typeof topics;
export type TopicName = keyof Topics;
export type TopicMessage<T extends TopicName> = z.output<Topics[T]>;
