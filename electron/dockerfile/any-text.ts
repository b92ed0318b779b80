/** Stands for a value that only the base image knows: OBJECT REPLACEMENT CHARACTER, which is in no Dockerfile. */
export const anyText = '\uFFFC';

/** Texts longer than this are compared only up to their first unknown value and from their last. */
const maxMiddleCharacters = 20_000;

/** Whether a text is the pattern, with any text for each `anyText` in it. */
export function matchesAnyText(text: string, pattern: string): boolean {
  const parts = pattern.split(anyText);
  const first = parts.shift() ?? '';
  const last = parts.pop();
  if (last === undefined) return text === first;
  if (text.length < first.length + last.length || !text.startsWith(first) || !text.endsWith(last)) return false;
  if (text.length > maxMiddleCharacters) return true;
  const end = text.length - last.length;
  let at = first.length;
  for (const part of parts) {
    const found = text.indexOf(part, at);
    if (found < 0 || found + part.length > end) return false;
    at = found + part.length;
  }
  return true;
}
