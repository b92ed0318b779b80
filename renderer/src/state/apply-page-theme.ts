import type { Settings } from '#contract/schema/settings.ts';

export type Theme = Settings['theme'];

const lightQuery = '(prefers-color-scheme: light)';

/** The resolved theme: `system` follows the system. */
export function resolveTheme(theme: Theme): 'light' | 'dark' {
  if (theme !== 'system') return theme;
  return matchMedia(lightQuery).matches ? 'light' : 'dark';
}

/**
 * Applies a theme to the page, and follows the system if the theme is `system`, until the returned function is called.
 */
export function applyPageTheme(theme: Theme): () => void {
  const draw = (): void => {
    document.documentElement.dataset['theme'] = resolveTheme(theme);
  };
  draw();
  if (theme !== 'system') return () => undefined;
  const query = matchMedia(lightQuery);
  query.addEventListener('change', draw);
  return () => query.removeEventListener('change', draw);
}
