import { DirectiveReader, readFrontEndDirectives, type Directive } from './read-directives.ts';
import { readHeredocs, type HeredocOpener } from './read-heredocs.ts';

/** A heredoc with its text. */
export interface Heredoc extends HeredocOpener {
  /** The lines up to the one with its name, with their line ends. */
  readonly content: string;
}

/** An instruction as one line. */
export interface InstructionLines {
  /** Its lines joined where they are continued; comments and empty lines between them left out. */
  readonly text: string;
  readonly heredocs: readonly Heredoc[];
  /** First and last line, 1-based; the last includes heredocs. */
  readonly line: number;
  readonly endLine: number;
}

/** Where a Dockerfile's text is divided. */
export interface SplitDockerfile {
  readonly escape: '\\' | '`';
  readonly directives: readonly Directive[];
  readonly instructions: readonly InstructionLines[];
}

/** Bytes of a line beyond which BuildKit stops reading, with an error. */
const maxLineBytes = 65_535;

/**
 * Divides a Dockerfile into its instructions at the lines where BuildKit's parser divides it. Takes time in proportion to
 * the text. What BuildKit refuses ends at the line where it stops: a line that is too long, a heredoc without an end.
 * https://github.com/moby/buildkit/blob/master/frontend/dockerfile/parser/parser.go
 */
export function splitInstructions(text: string): SplitDockerfile {
  const lines = new Lines(text.replace(/^\uFEFF/, ''));
  const directives = new DirectiveReader();
  const instructions: InstructionLines[] = [];
  for (let first = lines.next(); first !== null; first = lines.next()) {
    const line = lines.count;
    const start = first.trimStart();
    directives.read(start, line);
    const { escape } = directives;
    if (start.startsWith('#')) continue;
    const joined = joinContinued(withoutLineEnd(start), lines, escape);
    if (joined === null) continue;
    const heredocs = readHeredocs(joined, escape).map((opener) => ({ ...opener, content: readContent(opener, lines) }));
    instructions.push({ text: joined.trim(), heredocs, line, endLine: lines.count });
  }
  return {
    escape: directives.escape,
    directives: mergeDirectives(directives.directives, readFrontEndDirectives(lines.all)),
    instructions
  };
}

/** The line and those that continue it; null for a line without text. */
function joinContinued(first: string, lines: Lines, escape: string): string | null {
  const parts: string[] = [];
  let rest = continued(first, escape);
  if (rest === null && first === '') return null;
  parts.push(rest ?? first);
  while (rest !== null) {
    const next = lines.next();
    if (next === null) break;
    if (/^\s*(?:#|$)/.test(next)) continue;
    const line = withoutLineEnd(next);
    rest = continued(line, escape);
    parts.push(rest ?? line);
  }
  return parts.join('');
}

/** A line without the escape character that continues it; null when it is not continued. One that is escaped itself does not. */
function continued(line: string, escape: string): string | null {
  let end = line.length;
  while (line[end - 1] === ' ' || line[end - 1] === '\t') end -= 1;
  if (line[end - 1] !== escape || line[end - 2] === escape) return null;
  return line.slice(0, end - 1);
}

function readContent({ name, stripsTabs }: HeredocOpener, lines: Lines): string {
  const content: string[] = [];
  for (let line = lines.next(); line !== null; line = lines.next()) {
    const written = withoutLineEnd(line);
    if ((stripsTabs ? written.replace(/^\t+/, '') : written) === name) break;
    content.push(line);
  }
  return content.join('\n') + (content.length > 0 ? '\n' : '');
}

function withoutLineEnd(line: string): string {
  return line.replace(/\r+$/, '');
}

function mergeDirectives(own: readonly Directive[], frontEnd: readonly Directive[]): Directive[] {
  const others = frontEnd.filter(({ name }) => name !== 'escape' && !own.some((known) => known.name === name));
  return [...own, ...others];
}

/** Reads lines one after the other, without their line feeds, up to one that is too long. */
class Lines {
  readonly all: readonly string[];
  /** Lines read so far. */
  count = 0;

  constructor(text: string) {
    const lines = text.split('\n');
    if (lines.at(-1) === '') lines.pop();
    const tooLong = lines.findIndex((line) => byteLength(line) > maxLineBytes);
    this.all = tooLong < 0 ? lines : lines.slice(0, tooLong);
  }

  next(): string | null {
    const line = this.all[this.count];
    if (line === undefined) return null;
    this.count += 1;
    return line;
  }
}

/** In UTF-8; three bytes a code unit at most. */
function byteLength(line: string): number {
  if (line.length * 3 <= maxLineBytes) return line.length;
  let bytes = line.length;
  for (let at = 0; at < line.length; at++) {
    const unit = line.charCodeAt(at);
    if (unit > 0x7f) bytes += unit > 0x7ff && (unit < 0xd800 || unit > 0xdfff) ? 2 : 1;
  }
  return bytes;
}
