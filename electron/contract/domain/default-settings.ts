import type { Settings } from '../schema/settings.ts';

/** What holds until it is changed. */
export const defaultSettings: Settings = { theme: 'system', preferredEngine: null, panes: {} };
