import Anser from 'anser';

/** A span of text in one style. `className` names classes of the log's style sheet: the CSP forbids inline styles. */
export interface LogSpan {
  readonly text: string;
  readonly className: string;
}

/** Max characters of a line that are colored and drawn; the rest is replaced by an ellipsis. */
const lineLimit = 2000;

const escape = String.fromCharCode(27);
const bell = String.fromCharCode(7);

/** Window titles and links: from "ESC ]" to BEL or "ESC \\". */
const operatingSystemCommand = new RegExp(`${escape}\\][^${bell}${escape}]*(?:${bell}|${escape}\\\\)`, 'g');
/** Cursor moves and erasing: sequences that start with "ESC [" and do not end with "m" (color). */
const cursorCommand = new RegExp(`${escape}\\[[0-9;?]*[A-Za-ln-z]`, 'g');
const strayControl = new RegExp(`(?![\\t${escape}])\\p{Cc}`, 'gu');

/** Splits a log line into spans by its ANSI colors. A carriage return restarts the line, as in a terminal. */
export function parseAnsi(line: string): LogSpan[] {
  const shown = line.slice(line.replace(/\r+$/, '').lastIndexOf('\r') + 1);
  const cut = shown.length > lineLimit ? `${shown.slice(0, lineLimit)}…` : shown;
  const clean = cut.replace(operatingSystemCommand, '').replace(cursorCommand, '').replace(strayControl, '');
  if (!clean.includes(escape)) return clean === '' ? [] : [{ text: clean, className: '' }];
  return Anser.ansiToJson(clean, { use_classes: true, json: true, remove_empty: true }).map((part) => ({
    text: part.content,
    className: [part.fg, part.bg && `${part.bg}-bg`, ...part.decorations.map((name) => `ansi-${name}`)]
      .filter((name) => typeof name === 'string' && name !== '')
      .join(' ')
  }));
}

/** The line as plain text, for copying and searching. */
export function stripAnsi(line: string): string {
  return parseAnsi(line)
    .map((span) => span.text)
    .join('');
}
