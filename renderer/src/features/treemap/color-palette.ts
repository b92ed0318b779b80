/** The colors of the style sheet for a canvas. */
export interface ColorPalette {
  /** The value of a token without its dashes: "run-fill". */
  readonly color: (token: string) => string;
  readonly words: string;
  readonly code: string;
}

/** Reads the current values of the tokens. */
export function readPalette(): ColorPalette {
  const style = getComputedStyle(document.documentElement);
  const colors = new Map<string, string>();
  const color = (token: string): string => {
    const found = colors.get(token) ?? style.getPropertyValue(`--${token}`).trim();
    colors.set(token, found);
    return found;
  };
  return { color, words: color('font-words'), code: color('font-code') };
}

/** Calls back when the theme changed or the fonts were loaded, until the returned function is called. */
export function watchPalette(changed: () => void): () => void {
  const observer = new MutationObserver(changed);
  observer.observe(document.documentElement, { attributes: true, attributeFilter: ['data-theme'] });
  let isOff = false;
  void document.fonts.ready.then(() => {
    if (!isOff) changed();
  });
  return () => {
    isOff = true;
    observer.disconnect();
  };
}
