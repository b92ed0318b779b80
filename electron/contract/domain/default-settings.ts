import type { Settings } from '../schema/settings.ts';

/** The settings until they are changed. */
export const defaultSettings: Settings = { theme: 'system', preferredEngine: null, reopenProject: true, panes: {} };
