import { settingsSchema } from '../../schema/settings.ts';
import { nothing } from './shared.ts';

/** Settings. */
export const settingsCalls = {
  'settings.get': { input: nothing, output: settingsSchema },
  'settings.change': { input: settingsSchema.partial(), output: settingsSchema }
} as const;
