/** Max length of the end of a text that stays visible. */
const tailLength = 14;

/** Where a name or path is cut if there is too little space: before its last characters, but after its first half. */
export function splitForCut(text: string): { head: string; tail: string } {
  const characters = Array.from(text);
  const at = Math.max(Math.ceil(characters.length / 2), characters.length - tailLength);
  return { head: characters.slice(0, at).join(''), tail: characters.slice(at).join('') };
}
