import { showControls } from '#contract/format/show-controls.ts';

/** Names come from images and arguments: control characters become visible, and the text stays on one line. */
export function replaceControls(text: string): string {
  return showControls(text).replace(/[\t\n\r]/g, (character) => String.fromCharCode(0x2400 + character.charCodeAt(0)));
}
