const LIMIT_CHARACTERS = 4000;

const ESCAPE_SEQUENCE = new RegExp(String.raw`\u001b\[[0-9;?]*[ -/]*[@-~]`, 'g');
const CONTROL_CHARACTER = new RegExp(
  String.raw`[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069]`,
  'g'
);
const URL_QUERY = /(\b[a-z][a-z0-9+.-]*:\/\/[^\s"'<>?#]*)[?#][^\s"'<>]*/gi;
/** Up to the last @ before the path: a password may contain one. */
const URL_USER = /(\b[a-z][a-z0-9+.-]*:\/\/)[^\s"'<>/]*@/gi;

/**
 * Cleans another system's message for an error's `detail`: removes the query and user of URLs (they contain upload
 * states, tokens and passwords), terminal codes, controls and bidirectional marks, and limits the length.
 */
export function cleanDetail(text: string): string {
  return text
    .slice(0, 4 * LIMIT_CHARACTERS)
    .replace(ESCAPE_SEQUENCE, '')
    .replace(CONTROL_CHARACTER, '')
    .replace(URL_QUERY, '$1')
    .replace(URL_USER, '$1')
    .trim()
    .slice(0, LIMIT_CHARACTERS);
}
