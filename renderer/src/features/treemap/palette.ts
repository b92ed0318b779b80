/** The colours of the style sheet as a canvas takes them. */
export interface Palette {
  /** The value of a token without its dashes: "run-fill". */
  readonly colour: (token: string) => string;
  readonly words: string;
  readonly code: string;
}

/** Reads the tokens as they stand now. */
export function readPalette(): Palette {
  const style = getComputedStyle(document.documentElement);
  const known = new Map<string, string>();
  const colour = (token: string): string => {
    const found = known.get(token) ?? style.getPropertyValue(`--${token}`).trim();
    known.set(token, found);
    return found;
  };
  return { colour, words: colour('font-words'), code: colour('font-code') };
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
