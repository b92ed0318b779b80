import { z } from 'zod';

/** Every setting. The defaults are in default-settings.ts. */
export const settingsSchema = z.object({
  theme: z.enum(['system', 'light', 'dark']),
  /** Id of the preferred candidate; null tries all in their order. */
  preferredEngine: z.string().max(1000).nullable(),
  /** Opens the last project again when Slipway starts; else the list of projects. */
  reopenProject: z.boolean(),
  /** Pane sizes in percent by the name of the split. */
  panes: z
    .record(z.string().max(64), z.array(z.number().min(0).max(100)).max(8))
    .refine((panes) => Object.keys(panes).length <= 100)
});
export type Settings = z.infer<typeof settingsSchema>;
export type SettingsPatch = { [Name in keyof Settings]?: Settings[Name] | undefined };
