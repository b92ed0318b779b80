/** The page's background color in each theme: of a window, and of an exported page, before anything is painted. */
export const windowBackground = { light: '#f5f7fb', dark: '#0e1116' } as const;
