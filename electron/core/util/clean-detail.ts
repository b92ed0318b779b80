const LIMIT_CHARACTERS = 4000;

const ESCAPE_SEQUENCE = new RegExp(String.raw`\u001b\[[0-9;?]*[ -/]*[@-~]`, 'g');
const CONTROL_CHARACTER = new RegExp(String.raw`[\u0000-\u0008\u000b-\u001f\u007f]`, 'g');
const URL_QUERY = /(\b[a-z][a-z0-9+.-]*:\/\/[^\s"'<>?#]*)[?#][^\s"'<>]*/gi;
const URL_USER = /(\b[a-z][a-z0-9+.-]*:\/\/)[^\s"'<>/@]*@/gi;

/**
 * A foreign part's own sentence, fit for an error's `detail`: URLs lose their query and user (upload states, tokens and
 * passwords live there), terminal codes go, and the length is bounded.
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
