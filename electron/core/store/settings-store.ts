import { join } from 'node:path';
import { z } from 'zod';
import { defaultSettings, settingsSchema, type Settings } from '#contract/schema/settings.ts';
import { VersionedFile, type StoreNotice } from './versioned-file.ts';

export type SettingsPatch = { [Name in keyof Settings]?: Settings[Name] | undefined };

export interface SettingsStore {
  get(): Settings;
  /** Resolves to all settings once they are on disk. Throws file-unwritable. */
  change(patch: SettingsPatch): Promise<Settings>;
}

/** Settings added since the file was written take their defaults. */
const storedSchema = z.preprocess(
  (data) => (typeof data === 'object' ? { ...defaultSettings, ...data } : data),
  settingsSchema
);

/** Opens the settings, with defaults for the first start. A damaged file is renamed and reported, never fatal. */
export async function openSettings(folder: string, notify: (notice: StoreNotice) => void): Promise<SettingsStore> {
  const file = await VersionedFile.open<Settings>({
    file: join(folder, 'settings.json'),
    version: 1,
    schema: storedSchema,
    initial: defaultSettings,
    notify
  });
  return {
    get: () => file.value,
    change: async (patch) => {
      const { theme, preferredEngine, panes } = patch;
      await file.change({
        theme: theme ?? file.value.theme,
        preferredEngine: preferredEngine === undefined ? file.value.preferredEngine : preferredEngine,
        panes: panes ?? file.value.panes
      });
      return file.value;
    }
  };
}
