/** Controls that JSON leaves as they are but a terminal interprets, and marks that reverse text. */
const unsafe = /[\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]/g;

/** A document as indented JSON with a line end. Unsafe characters are escaped; the values stay the same. */
export function writeJson(document: unknown): string {
  const text = JSON.stringify(document, null, 2);
  return `${text.replace(unsafe, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`)}\n`;
}
