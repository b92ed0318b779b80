/**
 * Characters without a shape of their own: controls, marks that change the direction of the text around them, invisible
 * format characters, halves of surrogate pairs. Not the tab, line ends, and the joiners that emoji and scripts need.
 */
const hidden =
  /(?![\t\n\u200c\u200d]|\r\n)[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\p{Noncharacter_Code_Point}\u115f\u1160\u3164\uffa0]/gu;

/**
 * A text with a visible character in place of each one that is hidden; other values are unchanged. Names come from
 * images, engines, registries and folders, and a hidden character can make one look like another.
 */
export function showControls<Value>(value: Value): Value | string {
  return typeof value === 'string' ? value.replace(hidden, substitute) : value;
}

/** The picture of an ASCII control (U+2400 and following), otherwise the replacement character. */
function substitute(character: string): string {
  const code = character.charCodeAt(0);
  if (code === 0x7f) return '\u2421';
  return code < 0x20 ? String.fromCharCode(0x2400 + code) : '\ufffd';
}
