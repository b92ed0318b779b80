/** The page's background in each theme: what a window, and an exported page, shows before anything is painted. */
export const windowBackground = { light: '#f5f7fb', dark: '#0e1116' } as const;
