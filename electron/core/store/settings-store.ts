import { join } from 'node:path';
import { z } from 'zod';
import { defaultSettings } from '#contract/domain/default-settings.ts';
import { settingsSchema, type Settings, type SettingsPatch } from '#contract/schema/settings.ts';
import { VersionedFile, type StoreNotice } from './versioned-file.ts';

export interface SettingsStore {
  get(): Settings;
  /**
   * Resolves to all settings once they are on disk; undefined fields of the patch are unchanged. Throws
   * file-unwritable.
   */
  change(patch: SettingsPatch): Promise<Settings>;
  /** Calls back with all settings after each change, until the returned function is called. */
  subscribe(listener: (settings: Settings) => void): () => void;
}

/** Settings added since the file was written get their defaults. */
const storedSchema = z.preprocess(
  (data) => (typeof data === 'object' ? { ...defaultSettings, ...data } : data),
  settingsSchema
);

/** Opens the settings, with defaults on the first start. A damaged file is renamed and reported, never fatal. */
export async function openSettings(folder: string, notify: (notice: StoreNotice) => void): Promise<SettingsStore> {
  const file = await VersionedFile.open<Settings>({
    file: join(folder, 'settings.json'),
    version: 1,
    schema: storedSchema,
    initial: defaultSettings,
    notify
  });
  const listeners = new Set<(settings: Settings) => void>();
  return {
    get: () => file.value,
    change: async (patch) => {
      const changes = Object.entries(patch).filter(([, value]) => value !== undefined);
      await file.change({ ...file.value, ...(Object.fromEntries(changes) as Partial<Settings>) });
      for (const listener of listeners) listener(file.value);
      return file.value;
    },
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    }
  };
}
