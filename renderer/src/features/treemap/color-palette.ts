/** The colours of the style sheet as a canvas takes them. */
export interface ColorPalette {
  /** The value of a token without its dashes: "run-fill". */
  readonly color: (token: string) => string;
  readonly words: string;
  readonly code: string;
}

/** Reads the tokens as they stand now. */
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

/** Tells when the theme changed or the fonts have come, until the returned function is called. */
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
