export interface Directive {
  /** Lower case. */
  readonly name: string;
  readonly value: string;
  /** 1-based. */
  readonly line: number;
}

const names = new Set(['syntax', 'escape', 'check']);

/**
 * Reads the parser directives at the top of a Dockerfile line by line: `# syntax=`, `# escape=` and `# check=`, each at
 * most once, before anything else.
 * https://docs.docker.com/reference/dockerfile/#parser-directives
 */
export class DirectiveReader {
  readonly directives: Directive[] = [];
  #isOver = false;

  /** Takes the next line, without the spaces before it. */
  read(text: string, line: number): void {
    if (this.#isOver) return;
    const [, written = '', value = ''] = /^#\s*([a-zA-Z][a-zA-Z0-9]*)\s*=\s*(\S(?:.*\S)?)\s*$/.exec(text) ?? [];
    const name = written.toLowerCase();
    this.#isOver = !names.has(name) || this.directives.some((known) => known.name === name);
    if (!this.#isOver) this.directives.push({ name, value, line });
  }

  /** The character that continues and escapes: a backslash, or a backtick by directive. */
  get escape(): '\\' | '`' {
    return this.directives.some(({ name, value }) => name === 'escape' && value === '`') ? '`' : '\\';
  }
}

/**
 * The directives that choose the builder's front end and its checks: as above, and after a line with `#!`, where an
 * escape directive no longer counts.
 */
export function readFrontEndDirectives(lines: readonly string[]): readonly Directive[] {
  const reader = new DirectiveReader();
  const start = lines[0]?.startsWith('#!') ? 1 : 0;
  for (let at = start; at < lines.length && lines[at]?.startsWith('#'); at++) reader.read(lines[at] ?? '', at + 1);
  return reader.directives;
}
