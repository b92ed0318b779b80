/**
 * The strings of an instruction's JSON form; null when the text is in the shell form. "invalid" for an array that holds
 * anything else, which BuildKit refuses.
 */
export function readJsonArray(text: string): readonly string[] | null | 'invalid' {
  if (!/^\s*\[/.test(text)) return null;
  try {
    const values: unknown = JSON.parse(text);
    if (!Array.isArray(values)) return null;
    return values.every((value) => typeof value === 'string') ? values : 'invalid';
  } catch {
    return null;
  }
}
